using System.Text;

namespace Monitoring.Feeds.Reading.Xml;

/// <summary>Which vocabulary a prefix means where the document stands.</summary>
internal sealed class NamespaceScope(RepairLog repairs)
{
    /// <summary>Declarations beyond these are not looked at.</summary>
    private const int Most = 64;

    private readonly List<(byte[] Prefix, string? Vocabulary)> _declared = [];

    public int Count => _declared.Count;

    public void Declare(ReadOnlySpan<byte> prefix, string uri)
    {
        if (_declared.Count < Most)
        {
            _declared.Add((prefix.ToArray(), FeedNames.Vocabulary(uri)));
        }
    }

    /// <summary>Forgets what was declared since.</summary>
    public void CloseTo(int count) => _declared.RemoveRange(count, _declared.Count - count);

    public FeedTerm Term(ReadOnlySpan<byte> name, int at)
    {
        var colon = name.IndexOf((byte)':');
        if (colon <= 0)
        {
            return FeedNames.Term(Find([], out _) ?? FeedNames.Core, name[(colon + 1)..]);
        }

        var prefix = name[..colon];
        var vocabulary = Find(prefix, out var isDeclared) ?? FeedNames.OfPrefix(Encoding.Latin1.GetString(prefix).ToLowerInvariant());
        var term = FeedNames.Term(vocabulary, name[(colon + 1)..]);
        if (term is not FeedTerm.Unknown && !isDeclared)
        {
            repairs.Note(FeedRepairKind.UndeclaredNamespace, at);
        }

        return term;
    }

    private string? Find(ReadOnlySpan<byte> prefix, out bool isDeclared)
    {
        for (var i = _declared.Count - 1; i >= 0; i--)
        {
            if (prefix.SequenceEqual(_declared[i].Prefix))
            {
                isDeclared = true;
                return _declared[i].Vocabulary;
            }
        }

        isDeclared = false;
        return null;
    }
}
