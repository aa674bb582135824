using Nabla.Cli.Commands;
using Nabla.Expressions.Requests;
using Nabla.Cli.Terminal;

return CommandLine.Run(args, Streams.OfProcess(), Engine.Library);
