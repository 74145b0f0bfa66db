using System.Globalization;
using YamlDotNet.Core.Events;

namespace Monitoring.Watchlist.Files;

/// <param name="Entry">Its id is empty if the file gave none.</param>
public sealed record FileEntry(Entry Entry, int Line, string Path);

/// <summary>
/// Reads a watch-list file entry by entry, so that its size does not matter. Every problem is reported with line and path; after malformed YAML
/// reading stops, after a wrong value it goes on.
/// </summary>
public sealed class WatchlistFile
{
    public const int Version = 1;

    private readonly string _name;
    private readonly Action<Problem> _report;
    private readonly YamlNodes _yaml;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private bool _hasSections;
    private string? _country;

    private WatchlistFile(TextReader text, string name, Action<Problem> report)
    {
        (_name, _report) = (name, report);
        _yaml = new YamlNodes(text);
    }

    /// <summary>Whether it is an OPML file, which holds feeds and pages only; told by its first character.</summary>
    public static bool IsOpml(TextReader text) => text.Peek() == '<';

    /// <summary>The entries of a YAML or an OPML file.</summary>
    /// <param name="name">How messages name the file.</param>
    public static IEnumerable<FileEntry> Read(TextReader text, string name, Action<Problem> report) =>
        IsOpml(text) ? OpmlFile.Read(text, name, report) : new WatchlistFile(text, name, report).Entries();

    /// <summary>An iterator cannot catch around a yield, so each step is guarded by itself.</summary>
    private IEnumerable<FileEntry> Entries()
    {
        if (!Guarded(Begin))
        {
            yield break;
        }

        while (true)
        {
            EntryForm? form = null;
            if (!Guarded(() => TryBeginSection(out form)))
            {
                break;
            }

            for (var index = 0; form is not null; index++)
            {
                FileEntry? entry = null;
                var ended = false;
                if (!Guarded(() => ReadEntry(form, index, out entry, out ended)))
                {
                    yield break;
                }

                if (ended)
                {
                    break;
                }

                if (entry is not null)
                {
                    yield return entry;
                }
            }
        }

        if (!_hasSections)
        {
            Report(1, "file", $"none of {string.Join(", ", EntryForm.All.Select(form => form.Section))} was found");
        }
    }

    private bool Begin()
    {
        _yaml.MoveNext("file");
        _yaml.TryTake<StreamStart>("file");
        if (_yaml.Current is StreamEnd || !_yaml.TryTake<DocumentStart>("file"))
        {
            throw new YamlProblemException(1, "file", "is empty");
        }

        return _yaml.TryTake<MappingStart>("file") ? true : throw new YamlProblemException(_yaml.Line, "file", "named lists such as 'persons:' are expected at the top");
    }

    /// <summary>False at the end of the document. A form is given if a list of entries begins; other fields are read here.</summary>
    private bool TryBeginSection(out EntryForm? form)
    {
        form = null;
        if (_yaml.TryTake<MappingEnd>("file"))
        {
            _yaml.TryTake<DocumentEnd>("file");
            return _yaml.Current is StreamEnd ? false : throw new YamlProblemException(_yaml.Line, "file", "one document is expected, another begins here");
        }

        var line = _yaml.Line;
        if (_yaml.Read("file") is not Node.Scalar { Value: var name })
        {
            throw new YamlProblemException(line, "file", "a field name is expected");
        }

        if (!_names.Add(name))
        {
            throw new YamlProblemException(line, name, "stands here twice");
        }

        var known = EntryForm.All.FirstOrDefault(candidate => string.Equals(candidate.Section, name, StringComparison.Ordinal));
        if (known is null)
        {
            ReadHead(name, line);
            return true;
        }

        _hasSections = true;
        if (_yaml.TryTake<SequenceStart>(name))
        {
            form = known;
        }
        else if (_yaml.Read(name) is not Node.Scalar { Value.Length: 0 })
        {
            Report(line, name, "a list is expected");
        }

        return true;
    }

    private void ReadHead(string name, int line)
    {
        var value = _yaml.Read(name);
        switch (name, value)
        {
            case ("version", Node.Scalar { Value: "1" }):
                break;
            case ("version", _):
                Report(line, name, string.Create(CultureInfo.InvariantCulture, $"version {Version} is expected"));
                break;
            case ("country", Node.Scalar { Value: var country }) when FieldRules.IsCountry(country):
                _country = country;
                if (_hasSections)
                {
                    Report(line, name, "must stand before the lists it applies to");
                }

                break;
            case ("country", _):
                Report(line, name, "a country code of two capital letters (ISO 3166-1) is expected");
                break;
            default:
                Report(line, name, $"unknown field{Suggestion.For(name, EntryForm.All.Select(form => form.Section).Append("version").Append("country"))}");
                break;
        }
    }

    private bool ReadEntry(EntryForm form, int index, out FileEntry? entry, out bool ended)
    {
        entry = null;
        ended = _yaml.TryTake<SequenceEnd>(form.Section);
        if (ended)
        {
            return true;
        }

        var path = string.Create(CultureInfo.InvariantCulture, $"{form.Section}[{index}]");
        var problems = 0;
        var node = _yaml.Read(path);
        if (node is Node.Map map)
        {
            void Note(Node where, string at, string message)
            {
                problems++;
                Report(where.Line, at, message);
            }

            var read = form.Read(new FieldReader(map, path, Note), id: "", _country);
            NameRules.Check(form.Kind, map, (where, field, message) => Note(where, $"{path}.{field}", message));
            entry = problems == 0 ? new FileEntry(read, node.Line, path) : null;
        }
        else
        {
            Report(node.Line, path, $"a group of fields such as 'name:' is expected, {node.Shape} was found");
        }

        return true;
    }

    private bool Guarded(Func<bool> step)
    {
        try
        {
            return step();
        }
        catch (YamlProblemException problem)
        {
            Report(problem.Line, problem.Path, problem.Message);
            _hasSections = true;
            return false;
        }
    }

    private void Report(int line, string path, string message) => _report(new Problem(_name, Math.Max(line, 1), path, message));
}
