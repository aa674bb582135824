namespace Nabla.Numerics.Tests;

/// <summary>Tests that switch the kernels for the whole process, and so run alone.</summary>
[CollectionDefinition(DisableParallelization = true)]
public class OpenBlasCollection;
