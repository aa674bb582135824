using System.CommandLine;
using Nabla.Cli.Terminal;
using Nabla.Expressions;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Requests;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla check EXPRESSION --claim DERIVATIVE</c>: whether a derivative found by hand is right.</summary>
internal sealed class CheckCommand : Command
{
    private readonly Argument<string> _expression = CommonOptions.Expression();
    private readonly Option<string> _claim = new("--claim") { Description = "The derivative that you found, in mixed layout.", HelpName = "DERIVATIVE", Required = true };
    private readonly Option<string?> _wrt = new("--wrt") { Description = "The variable; may be left out where there is only one.", HelpName = "NAME" };
    private readonly Option<int> _order = new("--order") { Description = "The order of the derivative.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string[]> _declare = CommonOptions.Declare();
    private readonly Option<string?> _format = new("--format") { Description = "How the verdict is written: text or json." };
    private readonly Option<string?> _out = CommonOptions.Out();

    private readonly Engine _engine;
    private readonly Streams _streams;

    /// <summary>Creates the command.</summary>
    public CheckCommand(Engine engine, Streams streams) : base("check", "Whether a derivative that you found is right, and if not, what is wrong with it.")
    {
        (_engine, _streams) = (engine, streams);
        _format.AcceptOnlyFromAmong("text", "json");
        Add(_expression);
        foreach (var option in new Option[] { _claim, _wrt, _order, _declare, _format, _out }) Add(option);
        SetAction(result => CommonOptions.Run(_streams, result.GetValue(_expression)!, result.GetValue(_declare)!, program => Answer(result, program)));
    }

    private void Answer(ParseResult options, string program)
    {
        int order = options.GetValue(_order);
        if (order < 1) throw new UsageException($"--order must be an integer from 1, but it is {order}.");
        var question = new ClaimRequest
        {
            Expression = program,
            Claim = options.GetValue(_claim)!,
            Declare = options.GetValue(_declare)!,
            Wrt = options.GetValue(_wrt),
            Order = order,
        };
        var answer = _engine.Check(question);
        AnswerFile.Write(_streams, options.GetValue(_out), destination =>
        {
            if (options.GetValue(_format) == "json") CommonOptions.WriteJson(destination, json => AnswerWriter.Write(json, [], answer, new RequestedForms(Formats.Default), []));
            else Write(destination.Answers, answer);
        });
    }

    private static void Write(StyledWriter output, ClaimAnswer answer)
    {
        DerivativeText.WriteVariables(output, answer.Right.Variables);
        output.WriteLine();
        if (answer.Verdict.Mistake is not { } mistake)
        {
            output.Write("right: ", Role.Good).WriteLine(answer.Verdict.Message);
            return;
        }
        output.Write($"wrong ({AnswerWriter.NameOf(mistake)}): ", Role.Bad).WriteLine(answer.Verdict.Message);
        if ((answer.Right.Derivative.Text ?? answer.Right.Derivative.Index) is { } right) output.Write("The derivative is ").WriteLine(right, Role.Formula);
    }
}
