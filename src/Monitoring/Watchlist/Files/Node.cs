namespace Monitoring.Watchlist.Files;

/// <summary>The shape of an entry between its three written forms: YAML, table columns, canonical hash. <c>Line</c> is where it stood in a file, from 1; 0 elsewhere.</summary>
internal abstract record Node(int Line)
{
    public sealed record Scalar(string Value, int Line = 0) : Node(Line);

    public sealed record List(IReadOnlyList<Node> Items, int Line = 0) : Node(Line);

    public sealed record Map(IReadOnlyList<KeyValuePair<string, Node>> Fields, int Line = 0) : Node(Line)
    {
        public Node? this[string name] => Fields.FirstOrDefault(field => string.Equals(field.Key, name, StringComparison.Ordinal)).Value;
    }

    /// <summary>How messages name what was found.</summary>
    public string Shape => this switch
    {
        Scalar => "a single value",
        List => "a list",
        _ => "a group of fields",
    };
}
