using System.Runtime.ExceptionServices;
using System.Text.Json;
using Nabla.Expressions;
using Nabla.Expressions.Notation;

namespace Nabla.Cli.Requests;

/// <summary>Answers requests line by line, each within its time, whatever the lines hold.</summary>
/// <remarks>
/// A worker with a large stack reads, computes and writes; the calling thread watches it. The computation is asked to stop a little
/// before the time is over. A worker that does not stop is left behind: the watch answers for it and starts another one.
/// </remarks>
internal sealed class Batch : IDisposable
{
    /// <summary>The most bytes of a line.</summary>
    public const int MostLineBytes = 1 << 26;

    private const int StackBytes = 256 << 20;
    private const double StopAt = 0.9;
    private const double LeaveAt = 0.97;

    private readonly Engine _engine;
    private readonly LineReader _lines;
    private readonly OutputBuffer _output;
    private readonly Utf8JsonWriter _json;
    private readonly TimeSpan _time;
    private readonly ManualResetEventSlim _isDone = new();
    private volatile Turn? _turn;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Creates a batch.</summary>
    /// <param name="engine">What answers the questions.</param>
    /// <param name="input">The requests.</param>
    /// <param name="output">Where the answers go.</param>
    /// <param name="time">The time for one request.</param>
    public Batch(Engine engine, Stream input, Stream output, TimeSpan time)
    {
        (_engine, _time) = (engine, time);
        _lines = new LineReader(input, MostLineBytes);
        _output = new OutputBuffer(output);
        _json = new Utf8JsonWriter(_output, AnswerWriter.Options);
    }

    /// <summary>Answers all requests.</summary>
    /// <exception cref="IOException">The input cannot be read or the output not be written.</exception>
    public void Run()
    {
        _engine.WarmUp();
        var pause = TimeSpan.FromMilliseconds(Math.Clamp(_time.TotalMilliseconds / 100, 1, 50));
        StartWorker();
        while (!_isDone.Wait(pause))
        {
            if (_turn is not { } turn || turn.Elapsed < _time * LeaveAt || !turn.TryFinish()) continue;
            WriteLine(() => AnswerWriter.Write(_json, turn.Id.Span, TooSlow()));
            _lines.Detach();
            StartWorker();
        }
        _failure?.Throw();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _isDone.Dispose();
    }

    private void StartWorker() => new Thread(() =>
    {
        try
        {
            if (Work()) _isDone.Set();
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
            _isDone.Set();
        }
    }, StackBytes)
    { IsBackground = true, Name = "nabla batch" }.Start();

    // Returns false when the watch has taken over.
    private bool Work()
    {
        while (_lines.TryRead(out var line, out bool isTooLong))
        {
            if (!isTooLong && line.Span.IndexOfAnyExcept(" \t\r"u8) < 0) continue;
            var turn = new Turn();
            _turn = turn;
            var write = isTooLong ? Refusal(turn, TooLong()) : Answer(turn, line);
            if (!turn.TryFinish()) return false;
            WriteLine(write);
            _turn = null;
        }
        return true;
    }

    private Action Answer(Turn turn, ReadOnlyMemory<byte> line)
    {
        try
        {
            return Engine.Guard<Action>(() =>
            {
                var fields = RequestFields.Parse(line);
                if (fields[Field.Id] is { IsEmpty: false } id && fields.Repeated != Field.Id) turn.Id = id;
                var request = RequestReader.Read(fields, new Work(_time * StopAt));
                if (request.Derivative is { } question)
                {
                    var derivative = _engine.Derivative(question);
                    return () => AnswerWriter.Write(_json, turn.Id.Span, derivative, request.Formats, request.Notes);
                }
                if (request.Claim is { } claim)
                {
                    var verdict = _engine.Check(claim);
                    return () => AnswerWriter.Write(_json, turn.Id.Span, verdict, request.Formats, request.Notes);
                }
                var values = _engine.Evaluate(request.Evaluation!);
                return () => AnswerWriter.Write(_json, turn.Id.Span, values, request.Notes);
            });
        }
        catch (NablaException e)
        {
            return Refusal(turn, e);
        }
    }

    private Action Refusal(Turn turn, NablaException error) => () => AnswerWriter.Write(_json, turn.Id.Span, error);

    private void WriteLine(Action write)
    {
        write();
        _json.Flush();
        _json.Reset();
        _output.GetSpan(1)[0] = (byte)'\n';
        _output.Advance(1);
        _output.Flush();
    }

    private static NablaException TooLong() => new(ErrorCode.Limit, $"A line must have at most {MostLineBytes} bytes, but this one has more.");

    private NablaException TooSlow() => new(ErrorCode.Limit, $"A request may take {_time.TotalSeconds} s, but this one takes longer.");
}
