using System.Diagnostics;

namespace Nabla.Expressions.Tests.Code;

/// <summary>MATLAB code, run by GNU Octave.</summary>
internal sealed class OctaveLanguage : ProcessLanguage
{
    private static readonly string? s_octave = Find("octave-cli");

    /// <inheritdoc/>
    public override CodeTarget Target => CodeTarget.Matlab;

    /// <inheritdoc/>
    public override string? Missing => s_octave is null ? "GNU Octave is not installed (Debian: apt-get install octave): the MATLAB code was not run." : null;

    /// <inheritdoc/>
    protected override string FileName => "derivative.m";

    /// <inheritdoc/>
    protected override (string FileName, string Text) Driver => ("driver.m", """
        warning('off', 'all');
        root = pwd();
        for k = 1:str2double(argv(){1})
            cd(fullfile(root, num2str(k)));
            clear('-f', 'derivative');
            inputs = {};
            file = fopen('inputs.txt');
            while ischar(line = fgetl(file))
                parts = strsplit(line, ':');
                shape = sscanf(parts{1}, '%d')';
                padded = [shape, ones(1, 2 - numel(shape))];
                inputs{end + 1} = permute(reshape(sscanf(parts{2}, '%f'), fliplr(padded)), numel(padded):-1:1);
            end
            fclose(file);
            try
                results = cell(1, max(1, nargout('derivative')));
                [results{:}] = derivative(inputs{:});
                texts = {};
                for r = 1:numel(results)
                    x = results{r};
                    if ~isa(x, 'double') || ~isreal(x), error('The result %d is not real.', r); end
                    rows = permute(x, ndims(x):-1:1);
                    texts{r} = [sprintf('%d ', size(x)), ':', sprintf(' %.17g', rows(:))];
                end
                printf('= %s\n', strjoin(texts, ' | '));
            catch problem
                printf('! %s\n', strrep(problem.message, "\n", "\t"));
            end
        end
        """);

    /// <inheritdoc/>
    public override int[] ShapeOf(ReadOnlySpan<int> shape)
    {
        int[] all = [.. shape, .. Enumerable.Repeat(1, Math.Max(0, 2 - shape.Length))];
        int order = all.Length;
        while (order > 2 && all[order - 1] == 1) order--;
        return all[..order];
    }

    /// <inheritdoc/>
    protected override ProcessStartInfo Start(int cases) => new(s_octave!, ["--norc", "--quiet", "--no-history", "driver.m", $"{cases}"]);
}
