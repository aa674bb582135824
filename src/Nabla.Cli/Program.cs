using Nabla.Cli.Commands;
using Nabla.Cli.Terminal;
using Nabla.Expressions.Requests;

return CommandLine.Run(args, Streams.OfProcess(), Engine.Library);
