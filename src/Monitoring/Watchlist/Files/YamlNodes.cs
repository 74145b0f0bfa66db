using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Monitoring.Watchlist.Files;

/// <summary>Malformed YAML, or YAML that a watch list does not use.</summary>
internal sealed class YamlProblemException(int line, string path, string message) : Exception(message)
{
    public int Line { get; } = line;

    public string Path { get; } = path;
}

/// <summary>
/// Reads YAML as nodes, one entry at a time, never the whole file. Anchors and aliases are refused (a small file could stand for gigabytes), nesting,
/// the length of values and their number are limited, all values are texts.
/// </summary>
internal sealed class YamlNodes
{
    private const int MaxDepth = 6;
    private const int MaxScalar = 100_000;
    private const int MaxName = 1000;
    private const int MaxValues = 1000;

    private readonly Parser _parser;

    public YamlNodes(TextReader text)
    {
        _parser = new Parser(text);
    }

    public ParsingEvent Current => _parser.Current!;

    public int Line => (int)(_parser.Current?.Start.Line ?? 1);

    /// <exception cref="YamlProblemException">The text is no YAML.</exception>
    public void MoveNext(string path)
    {
        try
        {
            _parser.MoveNext();
        }
        catch (YamlException malformed)
        {
            throw new YamlProblemException((int)malformed.Start.Line, path, $"this is not valid YAML: {Reason(malformed)}");
        }
        catch (Exception slip) when (slip is InvalidOperationException or ArgumentException)
        {
            // What the parser does about some odd texts, instead of calling them malformed.
            throw new YamlProblemException(Line, path, "this is not valid YAML");
        }

        if (_parser.Current is AnchorAlias || _parser.Current is NodeEvent { Anchor.IsEmpty: false })
        {
            throw new YamlProblemException(Line, path, "anchors and aliases (& and *) are not used in a watch list");
        }
    }

    /// <summary>Takes the current event if it is of this kind.</summary>
    public bool TryTake<T>(string path) where T : ParsingEvent
    {
        if (_parser.Current is not T)
        {
            return false;
        }

        MoveNext(path);
        return true;
    }

    /// <summary>Reads the node that begins here.</summary>
    public Node Read(string path, int depth = 0)
    {
        if (depth > MaxDepth)
        {
            throw new YamlProblemException(Line, path, "is nested too deeply");
        }

        var line = Line;
        switch (_parser.Current)
        {
            case Scalar scalar:
                if (scalar.Value.Length > MaxScalar)
                {
                    throw new YamlProblemException(line, path, "is too long");
                }

                MoveNext(path);
                return new Node.Scalar(scalar.Value, line);
            case SequenceStart:
                MoveNext(path);
                return new Node.List(ReadItems(path, depth), line);
            case MappingStart:
                MoveNext(path);
                return new Node.Map(ReadFields(path, depth), line);
            default:
                throw new YamlProblemException(line, path, "a value is expected");
        }
    }

    private List<Node> ReadItems(string path, int depth)
    {
        var items = new List<Node>();
        while (!TryTake<SequenceEnd>(path))
        {
            CheckCount(items.Count, path);
            items.Add(Read(string.Create(CultureInfo.InvariantCulture, $"{path}[{items.Count}]"), depth + 1));
        }

        return items;
    }

    private List<KeyValuePair<string, Node>> ReadFields(string path, int depth)
    {
        var fields = new List<KeyValuePair<string, Node>>();
        while (!TryTake<MappingEnd>(path))
        {
            if (_parser.Current is not Scalar name)
            {
                throw new YamlProblemException(Line, path, "a field name is expected");
            }

            if (name.Value.Length > MaxName)
            {
                throw new YamlProblemException(Line, path, "a field name is too long");
            }

            CheckCount(fields.Count, path);
            MoveNext(path);
            if (fields.Any(field => string.Equals(field.Key, name.Value, StringComparison.Ordinal)))
            {
                throw new YamlProblemException((int)name.Start.Line, $"{path}.{name.Value}", "stands here twice");
            }

            fields.Add(KeyValuePair.Create(name.Value, Read($"{path}.{name.Value}", depth + 1)));
        }

        return fields;
    }

    private void CheckCount(int count, string path)
    {
        if (count == MaxValues)
        {
            throw new YamlProblemException(Line, path, string.Create(CultureInfo.InvariantCulture, $"has more than {MaxValues} values"));
        }
    }

    /// <summary>The parser's own words without its position, which is said once in front.</summary>
    private static string Reason(YamlException malformed)
    {
        var text = malformed.InnerException?.Message ?? malformed.Message;
        return text.StartsWith('(') && text.IndexOf("): ", StringComparison.Ordinal) is > 0 and var end ? text[(end + 3)..] : text;
    }
}
