namespace Monitoring.Names;

/// <summary>The surnames found in a text so far, in its order.</summary>
internal sealed class SurnameHits
{
    private readonly List<SurnameHit> _hits = [];

    /// <summary>Adds a hit; the endings of several languages may stand behind one stem.</summary>
    public void Add(SurnameHit hit)
    {
        var same = _hits.FindLastIndex(other => other.Start != hit.Start || (other.Person == hit.Person && other.End == hit.End && other.Stem == hit.Stem));
        if (same >= 0 && _hits[same].Start == hit.Start)
        {
            _hits[same] = _hits[same] with { Endings = [.. _hits[same].Endings, .. hit.Endings], IsExact = _hits[same].IsExact || hit.IsExact };
        }
        else
        {
            _hits.Add(hit);
        }
    }

    /// <summary>Whether a person's surname was found at a place.</summary>
    public bool Contains(int start, int person)
    {
        for (var i = _hits.Count - 1; i >= 0 && _hits[i].Start == start; i--)
        {
            if (_hits[i].Person == person)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where one person's surname is spelled as it is listed, another's that only sounds alike is not meant.</summary>
    public List<SurnameHit> WithoutLookAlikes()
    {
        var exact = _hits.Where(hit => hit.IsExact).Select(hit => hit.Start).ToHashSet();
        return exact.Count == 0 ? _hits : [.. _hits.Where(hit => hit.IsExact || !exact.Contains(hit.Start))];
    }
}
