using System.Globalization;

namespace Monitoring.Watchlist.Files;

/// <summary>Builds the group of fields of an entry; what is absent or empty is left out.</summary>
internal sealed class FieldWriter
{
    private readonly List<KeyValuePair<string, Node>> _fields = [];

    public Node.Map Map => new(_fields);

    public FieldWriter Text(string name, string? value) => value is null ? this : Add(name, new Node.Scalar(value));

    public FieldWriter Url(string name, Uri? value) => Text(name, value?.OriginalString);

    public FieldWriter Choice<T>(string name, T? value) where T : struct, Enum => Text(name, value?.ToString().ToLowerInvariant());

    public FieldWriter Flag(string name, bool? value) => Text(name, value switch { true => "true", false => "false", null => null });

    public FieldWriter Duration(string name, TimeSpan? value) => Text(name, value?.ToString("c", CultureInfo.InvariantCulture));

    public FieldWriter TimeOfDay(string name, TimeOnly? value) =>
        Text(name, value?.ToString(value.Value.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture));

    public FieldWriter Texts(string name, IReadOnlyList<string> values) =>
        values.Count == 0 ? this : Add(name, new Node.List([.. values.Select(value => new Node.Scalar(value))]));

    public FieldWriter Count(string name, int? value) => Text(name, value?.ToString(CultureInfo.InvariantCulture));

    public FieldWriter Groups(string name, IEnumerable<Node.Map> groups) => groups.ToList() is { Count: > 0 } list ? Add(name, new Node.List(list)) : this;

    public FieldWriter Aliases(string name, IReadOnlyList<Alias> aliases) =>
        aliases.Count == 0 ? this : Add(name, new Node.List([.. aliases.Select(Alias)]));

    private static Node Alias(Alias alias) =>
        alias.Source is null ? new Node.Scalar(alias.Name) : new FieldWriter().Text("name", alias.Name).Text("source", alias.Source).Map;

    private FieldWriter Add(string name, Node node)
    {
        _fields.Add(KeyValuePair.Create(name, node));
        return this;
    }
}
