using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Monitoring.Evidence;
using Monitoring.Fetching;

namespace Monitoring.Retention.Forgetting;

/// <summary>Captured bodies in which the person is named, if that is asked for: the body goes, hash and length stay. A body that cannot be decoded is taken as it is.</summary>
public sealed partial class CaptureStep(CaptureRemoval captures, CaptureBodies bodies, FetchingOptions fetching) : IForgetStep
{
    public async Task TakeAsync(ForgetRun run, CancellationToken cancellationToken)
    {
        if (!run.Scope.Captures)
        {
            return;
        }

        await foreach (var (capture, headers) in captures.ListAllAsync(cancellationToken))
        {
            if (capture.IsKept && await IsInAsync(capture, headers, run.Erasure, cancellationToken))
            {
                run.Count("captures");
                await (run.Apply ? captures.EmptyAsync(capture, cancellationToken) : Task.CompletedTask);
            }
        }
    }

    /// <summary>A body that is gone already, with another capture of the same bytes or before a crash, counts as one that named the person.</summary>
    private async Task<bool> IsInAsync(CaptureTrace capture, string? headers, Erasure erasure, CancellationToken cancellationToken)
    {
        await using var stored = await bodies.OpenAsync(capture.Sha256, cancellationToken);
        if (stored is null)
        {
            return true;
        }

        using var bytes = new MemoryStream();
        await stored.CopyToAsync(bytes, cancellationToken);
        var sent = JsonSerializer.Deserialize<string[][]>(headers is ['[', .., ']'] ? headers : "[]") ?? [];
        var body = new ReadOnlyMemory<byte>(bytes.GetBuffer(), 0, (int)bytes.Length);
        var content = ContentCoding.Decode(body, Header(sent, "Content-Encoding"), fetching.MaxInflatedBytes) ?? body;
        var text = TextDecoding.Decode(content.Span, Header(sent, "Content-Type"), host: "").Text;
        return erasure.IsIn(text) || erasure.IsIn(Unescaped(WebUtility.HtmlDecode(WebUtility.HtmlDecode(text))));
    }

    private static string? Header(string[][] headers, string name) => headers.FirstOrDefault(header => string.Equals(header[0], name, StringComparison.OrdinalIgnoreCase))?[1];

    /// <summary>JSON writes other letters than English ones as numbers.</summary>
    private static string Unescaped(string text) =>
        Escape().Replace(text, match => ((char)int.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    [GeneratedRegex(@"\\u([0-9a-fA-F]{4})")]
    private static partial Regex Escape();
}
