using Monitoring.Watchlist;
using Part = (string Word, Monitoring.Names.PartRole Role, Monitoring.Watchlist.Gender Gender);
using Stem = (string Skeleton, Monitoring.Names.EndingClass Endings);

namespace Monitoring.Names;

/// <summary>The stems of name parts while a list is compiled: thousands of people share some hundred first names.</summary>
internal sealed class StemsOfParts
{
    private readonly Dictionary<Part, IReadOnlyList<Stem>> _known = [];

    public IReadOnlyList<Stem> Of(string word, PartRole role, Gender gender)
    {
        var part = (word, role, gender);
        if (!_known.TryGetValue(part, out var stems))
        {
            _known.Add(part, stems = [.. NamePart.Stems(word, role, gender)]);
        }

        return stems;
    }
}
