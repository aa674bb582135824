namespace Nabla.Expressions.Notation;

/// <summary>A free name of a program with what is known of it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Shape">Its kind and dimensions.</param>
/// <param name="Properties">Its properties.</param>
/// <param name="Declared">Whether the program (or a given value) says so, rather than the defaults.</param>
public sealed record Variable(string Name, Shape Shape, Properties Properties, bool Declared);
