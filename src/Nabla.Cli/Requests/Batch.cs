using System.Text.Json;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Requests;

namespace Nabla.Cli.Requests;

/// <summary>Answers requests line by line, each within its time, whatever the lines hold.</summary>
internal sealed class Batch : IDisposable
{
    /// <summary>The most bytes of a line.</summary>
    public const int MostLineBytes = 1 << 26;

    private static readonly ReadOnlyMemory<byte> s_noIdentity = "null"u8.ToArray();

    private readonly Engine _engine;
    private readonly LineReader _lines;
    private readonly OutputBuffer _output;
    private readonly Utf8JsonWriter _json;
    private readonly Desk _desk;

    /// <summary>Creates a batch.</summary>
    /// <param name="engine">What answers the questions.</param>
    /// <param name="input">The requests.</param>
    /// <param name="output">Where the answers go.</param>
    /// <param name="time">The time for one request.</param>
    public Batch(Engine engine, Stream input, Stream output, TimeSpan time)
    {
        _engine = engine;
        _lines = new LineReader(input, MostLineBytes);
        _output = new OutputBuffer(output);
        _json = new Utf8JsonWriter(_output, AnswerWriter.Options);
        _desk = new Desk(engine, 1, new RequestLimits(time));
    }

    /// <summary>Answers all requests.</summary>
    /// <exception cref="IOException">The input cannot be read or the output not be written.</exception>
    public void Run()
    {
        _engine.WarmUp();
        while (_lines.TryRead(out var line, out bool isTooLong))
        {
            if (isTooLong)
            {
                WriteLine(RequestAnswer.Refusal(TooLong()), default);
                continue;
            }
            if (line.Span.IndexOfAnyExcept(" \t\r"u8) < 0) continue;
            var job = _desk.Take(line)!;
            var answer = job.Answer.GetAwaiter().GetResult();
            WriteLine(answer, job.Id);
            if (job.IsLeftBehind) _lines.Detach();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _desk.Dispose();
    }

    private void WriteLine(RequestAnswer answer, ReadOnlyMemory<byte> id)
    {
        answer.Write(_json, id.IsEmpty ? s_noIdentity : id);
        _json.Flush();
        _json.Reset();
        _output.GetSpan(1)[0] = (byte)'\n';
        _output.Advance(1);
        _output.Flush();
    }

    private static NablaException TooLong() => new(ErrorCode.Limit, $"A line must have at most {MostLineBytes} bytes, but this one has more.");
}
