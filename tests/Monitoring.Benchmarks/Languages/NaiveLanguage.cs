using Monitoring.Languages;

namespace Monitoring.Benchmarks.Languages;

/// <summary>The same tables read in the plain way: every run of three letters of the whole text is cut out as a string and looked up in a dictionary.</summary>
internal sealed class NaiveLanguage
{
    private readonly Dictionary<string, string> _levels = new(StringComparer.Ordinal);
    private readonly string[] _lanes = [];

    public NaiveLanguage(string script)
    {
        var isOurs = false;
        foreach (var row in DataFile.Rows(typeof(LanguageDetector), "languages.csv"))
        {
            if (row.Length == 3)
            {
                isOurs = row[1] == script;
                _lanes = isOurs ? row[2].Split(' ') : _lanes;
            }
            else if (isOurs)
            {
                _levels[row[0]] = row[1];
            }
        }
    }

    public string Detect(string text)
    {
        var sums = new double[_lanes.Length];
        foreach (var word in text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var edged = "_" + word.Trim('.', ',', ':', ';') + "_";
            for (var i = 0; i + 3 <= edged.Length; i++)
            {
                if (_levels.TryGetValue(edged.Substring(i, 3), out var levels))
                {
                    for (var lane = 0; lane < sums.Length; lane++)
                    {
                        sums[lane] += levels[lane];
                    }
                }
            }
        }

        return _lanes[Array.IndexOf(sums, sums.Max())].Split('-')[0];
    }
}
