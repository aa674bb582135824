using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Nabla.Web.Tests;

/// <summary>A log that keeps its events with their fields.</summary>
internal sealed class CapturedLog : ILoggerProvider, ILogger
{
    /// <summary>The events: their level, their fields, their exceptions.</summary>
    public ConcurrentQueue<(LogLevel Level, Dictionary<string, object?> Fields, Exception? Exception)> Events { get; } = [];

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Events.Enqueue((logLevel, state is IEnumerable<KeyValuePair<string, object?>> fields ? fields.ToDictionary(f => f.Key, f => f.Value) : [], exception));

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
