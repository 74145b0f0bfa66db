using System.Globalization;

namespace Monitoring.Watchlist.Files;

/// <summary>
/// Reads the fields of one group and notes every problem with its line and path instead of stopping at the first. A field that is wrong reads as
/// its default, so the entry must not be used when problems were noted. Fields nobody asked for are problems too (<see cref="End"/>).
/// </summary>
internal sealed class FieldReader(Node.Map map, string path, Action<Node, string, string> report)
{
    private const int MaxText = 500;
    private const int MaxNote = 4000;
    private const int MaxItems = 500;

    /// <summary>Stands where an address was wrong and was reported.</summary>
    private static readonly Uri Nowhere = new("about:blank");

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string Path => path;

    /// <summary>Whether a value can stand where a text is expected; blanks around it are cut.</summary>
    public static bool IsText(string value, int longest = MaxText) => value.Trim() is { Length: > 0 } text && text.Length <= longest && !text.Any(char.IsControl);

    /// <inheritdoc cref="IsText"/>
    public static bool IsNote(string value) => IsText(value, MaxNote);

    /// <summary>A required text.</summary>
    public string Text(string name) => TextOrNull(name) ?? Missing(name, "a text");

    public string? TextOrNull(string name, int longest = MaxText)
    {
        if (Scalar(name) is not { } scalar)
        {
            return null;
        }

        if (IsText(scalar.Value, longest))
        {
            return scalar.Value.Trim();
        }

        Report(scalar, name, string.Create(CultureInfo.InvariantCulture, $"a text of 1 to {longest} characters without control characters is expected"));
        return null;
    }

    public string? Note() => TextOrNull("note", MaxNote);

    public string? Id() => Checked(
        "id", "an id of 4 to 40 characters a-z, 0-9 and '-' is expected", FieldRules.IsId);

    public string? Country() => Checked("country", "a country code of two capital letters (ISO 3166-1) is expected", FieldRules.IsCountry);

    public string? TimeZone() => Checked(
        "timeZone", "an IANA time zone such as Asia/Almaty is expected", FieldRules.IsTimeZone);

    public string NeedMailAddress(string name) => MailAddress(name) ?? Missing(name, "a mail address");

    private string? MailAddress(string name) =>
        Checked(name, "a mail address whose part before the @ is in ASCII is expected: mail servers need not take other letters there", FieldRules.HasAsciiLocalPart) is null
            ? null
            : Checked(name, "a mail address is expected", FieldRules.IsMailAddress);

    /// <summary>In PEM, as we would write it.</summary>
    public string? Certificate(string name) => Read(
        name, FieldRules.ReadAuthority, "the certificate of an authority in PEM, at most 8000 characters from BEGIN CERTIFICATE to END CERTIFICATE, is expected");

    public string? Endpoint(string name) => Checked(name, "an IP address with a port, such as 192.0.2.1:53, is expected", FieldRules.IsEndpoint);

    public Uri? Url(string name) => Read(name, FieldRules.ReadUrl, "an absolute http or https address without user name, at most 2000 characters, is expected");

    public Uri? Proxy(string name) => Read(name, FieldRules.ReadProxy, "a proxy such as http://proxy.example:3128, or with socks5 or socks5h instead of http, is expected; user name and password belong into the settings");

    public Uri NeedUrl(string name)
    {
        if (Url(name) is { } url)
        {
            return url;
        }

        Missing(name, "an address");
        return Nowhere;
    }

    public T? Choice<T>(string name) where T : struct, Enum
    {
        if (Scalar(name) is not { } scalar)
        {
            return null;
        }

        var names = Enum.GetNames<T>();
        if (names.Any(known => string.Equals(known, scalar.Value, StringComparison.OrdinalIgnoreCase)))
        {
            return Enum.Parse<T>(scalar.Value, ignoreCase: true);
        }

        var words = names.Select(known => known.ToLowerInvariant()).ToList();
        Report(scalar, name, $"'{Shown(scalar)}' is none of {string.Join(", ", words)}{Suggestion.For(scalar.Value, words)}");
        return null;
    }

    public string? OneOf(string name, params string[] words)
    {
        if (Scalar(name) is not { } scalar)
        {
            return null;
        }

        if (words.Contains(scalar.Value, StringComparer.Ordinal))
        {
            return scalar.Value;
        }

        Report(scalar, name, $"'{Shown(scalar)}' is none of {string.Join(", ", words)}{Suggestion.For(scalar.Value, words)}");
        return null;
    }

    public bool? Flag(string name) => OneOf(name, "true", "false") is { } text ? text == "true" : null;

    public TimeSpan? Duration(string name, TimeSpan least, TimeSpan most) => Value(
        name,
        text => TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var duration) && duration >= least && duration <= most ? duration : (TimeSpan?)null,
        $"a time span hours:minutes:seconds between \"{least:c}\" and \"{most:c}\", such as \"00:15:00\", is expected");

    public TimeOnly? TimeOfDay(string name) => Value(
        name,
        text => TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var timeOfDay) ? timeOfDay : (TimeOnly?)null,
        "a time of day such as \"07:30\" is expected");

    /// <summary>A day with a time, without a time zone.</summary>
    public DateTime? LocalTime(string name, string format) => Value(
        name,
        text => DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : (DateTime?)null,
        "a day and a time such as \"2026-11-25 01:00\" is expected");

    /// <summary>A value that <paramref name="read"/> understands; null if there is none.</summary>
    public T? Value<T>(string name, Func<string, T?> read, string expected) where T : struct
    {
        var scalar = Scalar(name);
        var value = scalar is null ? null : read(scalar.Value);
        if (scalar is not null && value is null)
        {
            Report(scalar, name, expected);
        }

        return value;
    }

    /// <inheritdoc cref="Value"/>
    public T? Read<T>(string name, Func<string, T?> read, string expected) where T : class
    {
        var scalar = Scalar(name);
        var value = scalar is null ? null : read(scalar.Value);
        if (scalar is not null && value is null)
        {
            Report(scalar, name, expected);
        }

        return value;
    }

    public int? Count(string name, int least, int most) => Value(
        name,
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least && count <= most ? count : (int?)null,
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most} is expected"));

    public IReadOnlyList<string> Countries(string name) => Texts(name, "a country code of two capital letters (ISO 3166-1) is expected", FieldRules.IsCountry);

    public IReadOnlyList<string> Domains(string name) => Texts(name, "a host name such as example.org, without http:// and path, is expected", FieldRules.IsHost);

    public IReadOnlyList<string> Languages(string name) => Texts(name, "a language code of two or three small letters (ISO 639) is expected", FieldRules.IsLanguage);

    public IReadOnlyList<string> NeedTexts(string name)
    {
        var texts = Texts(name);
        if (map[name] is Node.List { Items.Count: 0 } empty)
        {
            Report(empty, name, "a list of texts is expected, an empty one was found");
        }

        Missing(name, "a list of texts");

        return texts;
    }

    /// <summary>A CSS selector; whether it selects anything is seen at the visit.</summary>
    public string? Selector(string name) => Checked(name, "a CSS selector is expected", FieldRules.IsSelector);

    public IReadOnlyList<string> Texts(string name) => Texts(name, "a text is expected", _ => true);

    /// <summary>A spelling is a text, or a group of <c>name</c> and <c>source</c>.</summary>
    public IReadOnlyList<Alias> Aliases(string name)
    {
        var aliases = new List<Alias>();
        foreach (var (node, at) in Items(name))
        {
            if (node is Node.Map alias)
            {
                var fields = new FieldReader(alias, $"{path}.{at}", report);
                aliases.Add(new Alias(fields.Text("name"), fields.TextOrNull("source")));
                fields.End();
            }
            else if (ItemText(node, at, "a text, or a group of name and source, is expected") is { } text)
            {
                aliases.Add(new Alias(text, Source: null));
            }
        }

        return aliases;
    }

    /// <summary>The groups of a list, each with a reader of its own, which the caller ends.</summary>
    public IEnumerable<FieldReader> Groups(string name)
    {
        foreach (var (node, at) in Items(name))
        {
            if (node is Node.Map group)
            {
                yield return new FieldReader(group, $"{path}.{at}", report);
            }
            else
            {
                Report(node, at, $"a group of fields is expected, {node.Shape} was found");
            }
        }
    }

    /// <summary>Whether anything stands there, right or wrong.</summary>
    public bool Has(string name) => map[name] is not null;

    /// <summary>Reports a field that must be there and is not.</summary>
    public void Need(string name, string expected) => Missing(name, expected);

    /// <summary>Reports a value that is well written and cannot be meant.</summary>
    public void Require(bool holds, string name, string message)
    {
        if (!holds)
        {
            Report(map[name]!, name, message);
        }
    }

    /// <summary>Reports every field that no call asked for.</summary>
    public void End()
    {
        foreach (var (name, node) in map.Fields.Where(field => !_known.Contains(field.Key)))
        {
            Report(node, name, $"unknown field{Suggestion.For(name, _known)}");
        }
    }

    private List<string> Texts(string name, string expected, Func<string, bool> isLegal)
    {
        var texts = new List<string>();
        foreach (var (node, at) in Items(name))
        {
            if (ItemText(node, at, expected) is { } text)
            {
                if (isLegal(text))
                {
                    texts.Add(text);
                }
                else
                {
                    Report(node, at, expected);
                }
            }
        }

        return texts;
    }

    private string? ItemText(Node node, string at, string expected)
    {
        if (node is Node.Scalar { Value: var value } && IsText(value))
        {
            return value.Trim();
        }

        Report(node, at, expected);
        return null;
    }

    private IEnumerable<(Node Node, string At)> Items(string name)
    {
        _known.Add(name);
        switch (map[name])
        {
            case null:
                return [];
            case Node.List { Items.Count: <= MaxItems } list:
                return list.Items.Select((node, index) => (node, string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]")));
            case var other:
                Report(other, name, string.Create(CultureInfo.InvariantCulture, $"a list of at most {MaxItems} is expected, {other.Shape} was found"));
                return [];
        }
    }

    private string? Checked(string name, string expected, Func<string, bool> isLegal)
    {
        if (TextOrNull(name) is not { } text)
        {
            return null;
        }

        if (isLegal(text))
        {
            return text;
        }

        Report(map[name]!, name, expected);
        return null;
    }

    private Node.Scalar? Scalar(string name)
    {
        _known.Add(name);
        if (map[name] is not { } node || node is Node.Scalar)
        {
            return (Node.Scalar?)map[name];
        }

        Report(node, name, $"a single value is expected, {node.Shape} was found");
        return null;
    }

    private string Missing(string name, string expected)
    {
        if (map[name] is null)
        {
            Report(map, name, $"is missing; {expected} is expected");
        }

        return "";
    }

    private void Report(Node node, string name, string message) => report(node, $"{path}.{name}", message);

    private static string Shown(Node.Scalar scalar) => scalar.Value.Length <= 40 ? scalar.Value : scalar.Value[..40] + "…";
}
