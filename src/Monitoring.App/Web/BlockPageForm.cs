using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Monitoring.Blocking.Fingerprints;
using Monitoring.Evidence;

namespace Monitoring.App.Web;

/// <summary>The form by which an editor says that a captured page is a block page, and the one that takes it back.</summary>
internal static class BlockPageForm
{
    /// <summary>In characters. An address carries what was typed back to the form.</summary>
    public const int MaxPattern = 500;

    private const string Editor = "an editor";

    public static string Path(Capture capture) => $"/evidence/captures/{capture.Subject}/{capture.Id}/block-page";

    public static async Task<IResult> AddAsync(
        [FromForm] string subject, [FromForm] string id, [FromForm] string? pattern, [FromForm] string? country, CaptureStore captures, FingerprintStore store, Clock clock, CancellationToken cancellationToken)
    {
        if (await captures.GetAsync(subject, id, cancellationToken) is not { } capture || await ReadAsync(captures, capture, cancellationToken) is not { } body)
        {
            return Results.NotFound();
        }

        var (words, place) = ((pattern ?? "").Trim(), (country ?? "").Trim().ToUpperInvariant());
        if (Wrong(words, body) is { } wrong)
        {
            return Again(wrong);
        }

        var own = new OwnFingerprint(NameOf(words, place), FingerprintLocation.Body, PatternType.Contains, words, place, Editor, clock.Now);
        return await store.AddOwnAsync(own, cancellationToken) switch
        {
            OwnFingerprintResult.Added => Results.LocalRedirect("/fingerprints?answer=" + Uri.EscapeDataString("Added. Checks know it within five minutes.")),
            OwnFingerprintResult.NameTaken => Results.LocalRedirect("/fingerprints?answer=" + Uri.EscapeDataString("This is known already.")),
            OwnFingerprintResult.Wrong { Problems: [var problem, ..] } => Again(problem.Field == "expected_countries" ? "A country code of two letters is expected, e.g. KZ." : problem.Message),
            _ => Results.NotFound(),
        };

        IResult Again(string answer) => Results.LocalRedirect(
            $"{Path(capture)}?answer={Uri.EscapeDataString(answer)}&pattern={Uri.EscapeDataString(words[..Math.Min(words.Length, MaxPattern)])}&country={Uri.EscapeDataString(place[..Math.Min(place.Length, 20)])}");
    }

    public static async Task<IResult> RemoveAsync([FromForm] string name, FingerprintStore store, Clock clock, CancellationToken cancellationToken)
    {
        await store.RemoveOwnAsync(name, Editor, clock.Now, cancellationToken);
        return Results.LocalRedirect("/fingerprints?answer=" + Uri.EscapeDataString("Removed. Checks forget it within five minutes; verdicts of the past stay."));
    }

    /// <summary>As much of a captured page as is compared with fingerprints; null if its bytes were not kept.</summary>
    public static async Task<byte[]?> ReadAsync(CaptureStore captures, Capture capture, CancellationToken cancellationToken)
    {
        await using var stream = await captures.OpenBodyAsync(capture, cancellationToken);
        if (stream is null)
        {
            return null;
        }

        var buffer = new byte[Math.Min(capture.Length, FingerprintSet.MaxBody)];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer[..length];
    }

    /// <summary>Why the words cannot be the page's mark; null if they can.</summary>
    private static string? Wrong(string words, byte[] body) => words switch
    {
        { Length: 0 or > MaxPattern } => $"1 to {MaxPattern} characters of the page are expected.",
        _ when body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(words)) < 0 =>
            "These characters do not stand in the page's source just so. Copy them from one line of it; where the page is not in UTF-8, choose Latin letters, e.g. an address.",
        _ => null,
    };

    /// <summary>One name for one pattern and country: who adds it twice is told.</summary>
    private static string NameOf(string pattern, string country) => $"own_{country.ToLowerInvariant()}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(pattern)))[..12]}";
}
