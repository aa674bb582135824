using BenchmarkDotNet.Running;
using Nabla.MathNet.Bench;

BenchmarkSwitcher.FromTypes([typeof(Products), typeof(Factorisations), typeof(Entrywise)]).Run(args, new PairedConfig());
