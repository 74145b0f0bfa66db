using System.Runtime.InteropServices;

namespace Monitoring.Blocking.Fingerprints;

/// <summary>
/// Finds many byte strings in one pass (Aho and Corasick, 1975), in time linear in the text whatever the patterns are. Where no pattern is under way, a
/// filter over the first four bytes of all patterns says where the next one may begin. Immutable.
/// </summary>
internal sealed class ByteAutomaton
{
    private const int Gram = 4;
    private const int FilterBits = 16;

    // The nodes are numbered in the order of their depth, so that the children of a node stand side by side: those of n from _children[n] up to _children[n + 1].
    private readonly byte[] _labels;
    private readonly int[] _children;

    /// <summary>The node of the longest suffix of what was read that a pattern begins with.</summary>
    private readonly int[] _fallback;

    /// <summary>The pattern that ends in a node, or -1.</summary>
    private readonly int[] _ends;

    /// <summary>The next shorter suffix at which a pattern ends; 0 if there is none.</summary>
    private readonly int[] _nextEnd;

    private readonly int[] _fromRoot = new int[256];
    private readonly ulong[]? _filter;

    /// <param name="patterns">Not empty, no two the same.</param>
    public ByteAutomaton(IReadOnlyList<byte[]> patterns)
    {
        var trie = new Trie(patterns);
        _labels = [.. trie.Labels];
        _children = [.. trie.Children];
        _ends = [.. trie.Ends];
        _fallback = new int[_labels.Length];
        _nextEnd = new int[_labels.Length];
        for (var child = _children[0]; child < _children[1]; child++)
        {
            _fromRoot[_labels[child]] = child;
        }

        LinkSuffixes();
        if (patterns.All(pattern => pattern.Length >= Gram))
        {
            _filter = new ulong[(1 << FilterBits) / 64];
            foreach (var pattern in patterns)
            {
                var place = Place(MemoryMarshal.Read<uint>(pattern));
                _filter[place >> 6] |= 1UL << (int)(place & 63);
            }
        }
    }

    /// <summary>The patterns that the text holds, each once, with the place after its first occurrence; in the order of these places.</summary>
    public List<(int Pattern, int End)> Find(ReadOnlySpan<byte> text)
    {
        var found = new List<(int, int)>();
        var isTold = new HashSet<int>();
        var node = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (node == 0 && _filter is { } filter)
            {
                at = NextStart(text, at, filter);
                if (at < 0)
                {
                    break;
                }
            }

            node = Step(node, text[at]);

            // Whoever told a node has told all shorter ones: each pattern costs once.
            for (var end = _ends[node] >= 0 ? node : _nextEnd[node]; end != 0 && isTold.Add(end); end = _nextEnd[end])
            {
                found.Add((_ends[end], at + 1));
            }
        }

        return found;
    }

    /// <summary>The first place from <paramref name="at"/> on at which a pattern may begin; -1 if there is none.</summary>
    private static int NextStart(ReadOnlySpan<byte> text, int at, ulong[] filter)
    {
        for (; at <= text.Length - Gram; at++)
        {
            var place = Place(MemoryMarshal.Read<uint>(text[at..]));
            if ((filter[place >> 6] & (1UL << (int)(place & 63))) != 0)
            {
                return at;
            }
        }

        return -1;
    }

    private static uint Place(uint gram) => unchecked(gram * 2654435761u) >> (32 - FilterBits);

    private int Step(int node, byte read)
    {
        while (node != 0)
        {
            if (Child(node, read) is > 0 and var child)
            {
                return child;
            }

            node = _fallback[node];
        }

        return _fromRoot[read];
    }

    private int Child(int node, byte label)
    {
        var (first, count) = (_children[node], _children[node + 1] - _children[node]);
        if (count == 1)
        {
            return _labels[first] == label ? first : 0;
        }

        return _labels.AsSpan(first, count).IndexOf(label) is >= 0 and var place ? first + place : 0;
    }

    private void LinkSuffixes()
    {
        for (var node = 0; node < _labels.Length; node++)
        {
            for (var child = _children[node]; child < _children[node + 1]; child++)
            {
                var suffix = node == 0 ? 0 : Step(_fallback[node], _labels[child]);
                _fallback[child] = suffix;
                _nextEnd[child] = _ends[suffix] >= 0 ? suffix : _nextEnd[suffix];
            }
        }
    }

    /// <summary>The patterns in byte order, node by node: a node is a range of patterns that begin alike.</summary>
    private sealed class Trie
    {
        private readonly List<(int From, int To, int Depth)> _ranges = [];

        public Trie(IReadOnlyList<byte[]> patterns)
        {
            var order = Enumerable.Range(0, patterns.Count).ToArray();
            Array.Sort(order, (a, b) => patterns[a].AsSpan().SequenceCompareTo(patterns[b]));
            Add(0, order.Length, 0, label: 0);
            for (var node = 0; node < _ranges.Count; node++)
            {
                var (from, to, depth) = _ranges[node];
                Children.Add(_ranges.Count);

                // The shortest comes first.
                var ends = from < to && patterns[order[from]].Length == depth;
                Ends.Add(ends ? order[from++] : -1);
                while (from < to)
                {
                    var (label, start) = (patterns[order[from]][depth], from);
                    while (from < to && patterns[order[from]][depth] == label)
                    {
                        from++;
                    }

                    Add(start, from, depth + 1, label);
                }
            }

            Children.Add(_ranges.Count);
        }

        public List<byte> Labels { get; } = [];

        public List<int> Children { get; } = [];

        public List<int> Ends { get; } = [];

        private void Add(int from, int to, int depth, byte label)
        {
            _ranges.Add((from, to, depth));
            Labels.Add(label);
        }
    }
}
