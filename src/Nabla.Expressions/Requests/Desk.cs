using System.Collections.Concurrent;
using Nabla.Expressions.Explanation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Requests;

/// <summary>Threads with deep stacks that answer requests, each within its time, whatever the requests hold.</summary>
/// <remarks>
/// A computation is asked to stop a little before its time is over. One that does not stop is left behind on its thread: the watch answers
/// for it, and another thread takes its place. When it ends after all, its thread goes back to work or, where there are enough, ends.
/// </remarks>
internal sealed class Desk : IDisposable
{
    private const int StackBytes = 256 << 20;
    private const double StopAt = 0.9;
    private const double LeaveAt = 0.97;

    private readonly Engine _engine;
    private readonly RequestLimits _limits;
    private readonly int _places;
    private readonly BlockingCollection<Job> _waiting = [];
    private readonly Lock _gate = new();
    private readonly List<Job> _inHand = [];
    private readonly Timer _watch;
    private int _working;
    private int _leftBehind;

    /// <summary>Opens the desk.</summary>
    /// <param name="engine">What answers the questions.</param>
    /// <param name="places">The number of requests that are worked on at once.</param>
    /// <param name="limits">What one request may use.</param>
    public Desk(Engine engine, int places, RequestLimits limits)
    {
        (_engine, _places, _limits) = (engine, places, limits);
        var pause = TimeSpan.FromMilliseconds(Math.Clamp(limits.Time.TotalMilliseconds / 100, 1, 50));
        for (int i = 0; i < places; i++) StartWorker();
        _watch = new Timer(_ => Watch(), null, pause, pause);
    }

    /// <summary>The requests that wait.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>The computations that did not stop in time and are still running.</summary>
    public int LeftBehind => Volatile.Read(ref _leftBehind);

    /// <summary>Takes a request; null where too many wait already.</summary>
    /// <param name="text">The request as JSON in UTF-8; it must not change before the answer, nor after it if the job is left behind.</param>
    /// <param name="op">What is asked, where the request need not say it.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public Job? Take(ReadOnlyMemory<byte> text, string? op = null, CancellationToken cancellation = default)
    {
        var job = new Job(text, op, cancellation);
        lock (_gate)
        {
            if (_waiting.Count >= _limits.Waiting) return null;
            _waiting.Add(job, CancellationToken.None);
        }
        return job;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch.Dispose();
        _waiting.CompleteAdding();
    }

    private void StartWorker()
    {
        _working++;
        new Thread(Serve, StackBytes) { IsBackground = true, Name = "nabla desk" }.Start();
    }

    private void Serve()
    {
        foreach (var job in _waiting.GetConsumingEnumerable())
        {
            lock (_gate) _inHand.Add(job);
            job.Begin();
            bool isHeard = job.TryAnswer(Answer(job));
            lock (_gate)
            {
                _inHand.Remove(job);
                if (isHeard) continue;
                _leftBehind--;
                if (_working >= _places) return;
                _working++;
            }
        }
    }

    private void Watch()
    {
        lock (_gate)
        {
            foreach (var job in _inHand.Where(j => j.Elapsed >= _limits.Time * LeaveAt && !j.IsLeftBehind).ToArray())
            {
                if (!job.TryLeaveBehind(RequestAnswer.Refusal(TooSlow()))) continue;
                _leftBehind++;
                _working--;
                if (_leftBehind <= _limits.LeftBehind) StartWorker();
            }
        }
    }

    private RequestAnswer Answer(Job job)
    {
        try
        {
            return Engine.Guard(() =>
            {
                // Who asked may have gone while the request waited.
                job.Cancellation.ThrowIfCancellationRequested();
                var fields = RequestFields.Parse(job.Text);
                if (fields[Field.Id] is { IsEmpty: false } id && fields.Repeated != Field.Id) job.Id = id;
                var work = new Work(_limits.Time * StopAt, job.Cancellation) { Entries = _limits.Entries, Bytes = _limits.Bytes };
                var request = RequestReader.Read(fields, work, job.Op);
                job.IsUnderstood = true;
                return Answer(request);
            });
        }
        catch (NablaException e)
        {
            return RequestAnswer.Refusal(e);
        }
    }

    private RequestAnswer Answer(Request request)
    {
        if (request.Derivative is { } question)
        {
            var derivative = _engine.Derivative(question);
            var forms = RequestedForms.Of(request.Formats, request.Level, question, derivative);
            return new(null, (json, id) => AnswerWriter.Write(json, id.Span, derivative, forms, request.Notes));
        }
        if (request.Claim is { } claim)
        {
            var verdict = _engine.Check(claim);
            var forms = new RequestedForms(request.Formats);
            return new(null, (json, id) => AnswerWriter.Write(json, id.Span, verdict, forms, request.Notes));
        }
        if (request.Surface is { } surface)
        {
            if (request.Picture is { } options)
            {
                var plot = Surfaces.Plot(surface, options);
                return new(null, (json, id) => SurfaceWriter.Write(json, plot, id.Span, request.Notes));
            }
            var point = Surfaces.Classify(surface);
            return new(null, (json, id) => SurfaceWriter.Write(json, point, id.Span, request.Notes));
        }
        var values = _engine.Evaluate(request.Evaluation!);
        string? html = request.Formats.HasFlag(Formats.Html) && values.Computation is { } computation ? DerivationHtml.Write(computation, request.Level) : null;
        return new(null, (json, id) => AnswerWriter.Write(json, id.Span, values, request.Notes, html));
    }

    private NablaException TooSlow() => new(ErrorCode.Limit, $"A request may take {_limits.Time.TotalSeconds} s, but this one takes longer.");
}
