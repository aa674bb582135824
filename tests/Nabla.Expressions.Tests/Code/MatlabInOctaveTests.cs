namespace Nabla.Expressions.Tests.Code;

/// <summary>The laws of generated code in MATLAB, run by Octave.</summary>
public sealed class MatlabInOctaveTests() : CodeLaws(new OctaveLanguage());
