using Nabla.Cli.Requests;

using var batch = new Batch(Engine.Library, Console.OpenStandardInput(), Console.OpenStandardOutput(), TimeSpan.FromSeconds(5));
batch.Run();
return 0;
