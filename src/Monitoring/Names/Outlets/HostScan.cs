namespace Monitoring.Names.Outlets;

/// <param name="IsMail">It is the host of a mail address.</param>
internal readonly record struct HostHit(int Outlet, string Listed, int Start, int End, bool IsMail);

/// <summary>
/// Finds listed domains in a text, with or without sub-domains, as whole hosts: what only ends or begins like one is another's. Looks nowhere but around
/// dots. Of two listed domains the longer one is meant. Immutable.
/// </summary>
internal sealed class HostScan
{
    private readonly Dictionary<string, List<(int Outlet, string Listed)>> _domains = new(StringComparer.Ordinal);

    public void Add(int outlet, string domain)
    {
        var host = HostName.Listed(domain);
        if (!_domains.TryGetValue(host, out var owners))
        {
            _domains.Add(host, owners = []);
        }

        if (!owners.Exists(owner => owner.Outlet == outlet))
        {
            owners.Add((outlet, domain));
        }
    }

    public List<HostHit> Find(string text)
    {
        var hits = new List<HostHit>();
        for (var at = 0; _domains.Count > 0 && HostDot.Next(text, at) is { } dot;)
        {
            var start = dot.Start;
            while (start > at && HostName.IsLabel(text[start - 1]))
            {
                start--;
            }

            while (start < dot.Start && !char.IsLetterOrDigit(text[start]))
            {
                start++;
            }

            at = Take(text, start, dot, hits);
        }

        return hits;
    }

    /// <returns>Where the host ends.</returns>
    private int Take(string text, int start, (int Start, int End) dot, List<HostHit> hits)
    {
        // Each label's start in the text and in the host.
        Span<(int InText, int InHost)> labels = stackalloc (int, int)[HostName.Longest];
        Span<char> host = stackalloc char[HostName.Longest];
        var (count, length, end, isHost) = (0, 0, dot.Start, true);
        for (var next = start; ;)
        {
            isHost &= count < labels.Length && length < host.Length - 1;
            if (isHost)
            {
                host[length] = '.';
                length += count > 0 ? 1 : 0;
                labels[count++] = (next, length);
            }

            if (HostDot.After(text, end) is { } further && !BeginsSentence(text, next, further.End))
            {
                isHost &= Put(text.AsSpan(next, end - next), host, ref length);
                (next, end) = (further.End, LabelEnd(text, further.End));
                continue;
            }

            end = next + WithoutEnding(text.AsSpan(next, end - next));
            isHost &= Put(text.AsSpan(next, end - next), host, ref length);
            break;
        }

        // What stands before @ is a name, not a host: https://example.org@other.net leads to other.net.
        if (isHost && (end == text.Length || text[end] != '@'))
        {
            Look(text, host[..length], labels[..count], end, hits);
        }

        return Math.Max(end, dot.End);
    }

    private void Look(string text, Span<char> host, Span<(int InText, int InHost)> labels, int end, List<HostHit> hits)
    {
        var domains = _domains.GetAlternateLookup<ReadOnlySpan<char>>();
        var isEncoded = ((ReadOnlySpan<char>)host).Contains("xn--", StringComparison.Ordinal);
        var isMail = labels[0].InText >= 2 && text[labels[0].InText - 1] == '@' && HostName.IsLabel(text[labels[0].InText - 2]);
        foreach (var (inText, inHost) in labels)
        {
            if (isEncoded ? _domains.TryGetValue(HostName.Unicode(host[inHost..].ToString()), out var owners) : domains.TryGetValue(host[inHost..], out owners))
            {
                hits.AddRange(owners.Select(owner => new HostHit(owner.Outlet, owner.Listed, inText, end, isMail)));
                return;
            }
        }
    }

    private static int LabelEnd(string text, int at)
    {
        while (at < text.Length && HostName.IsLabel(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>The blank after a full stop is often forgotten: "azattyq.org.Потом".</summary>
    private static bool BeginsSentence(string text, int label, int next) => char.IsAscii(text[label]) && !char.IsAscii(text[next]) && char.IsUpper(text[next]) && text[label..next].All(char.IsAscii);

    /// <summary>The last label without a hyphen and what follows it, or letters of another script: <c>kz-тің</c>, <c>kzге</c>.</summary>
    private static int WithoutEnding(ReadOnlySpan<char> label)
    {
        if (label.IsEmpty || label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase))
        {
            return label.Length;
        }

        var isAscii = char.IsAscii(label[0]);
        for (var i = 1; i < label.Length; i++)
        {
            if (label[i] is '-' or '_' || (isAscii && !char.IsAscii(label[i]) && char.IsLetter(label[i])))
            {
                return i;
            }
        }

        return label.Length;
    }

    private static bool Put(ReadOnlySpan<char> label, Span<char> host, ref int length)
    {
        var start = length;
        foreach (var c in label)
        {
            if (HostName.IsInvisible(c))
            {
                continue;
            }

            if (length == host.Length || length - start == HostName.LongestLabel)
            {
                return false;
            }

            host[length++] = Signs.Fold(c);
        }

        return length > start;
    }
}
