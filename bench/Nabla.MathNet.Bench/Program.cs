using BenchmarkDotNet.Running;
using Nabla.MathNet.Bench;

Type[] benchmarks = [typeof(Products), typeof(Factorisations), typeof(Entrywise)];
if (args is ["--alternate"]) Alternation.Run(benchmarks);
else BenchmarkSwitcher.FromTypes(benchmarks).Run(args, new PairedConfig());
