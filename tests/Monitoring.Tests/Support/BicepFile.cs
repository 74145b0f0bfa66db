using System.Text.RegularExpressions;

namespace Monitoring.Tests.Support;

/// <summary>
/// A Bicep file as far as tests read it: what it declares, what it refers to. No compiler: texts in quotes are taken out first, expressions inside them
/// are kept, and what is left is names and braces.
/// </summary>
internal sealed partial class BicepFile
{
    /// <summary>Functions and namespaces of the language, keywords, and names of types: what may be used without a declaration.</summary>
    private static readonly HashSet<string> Language =
    [
        "targetScope", "param", "var", "resource", "module", "output", "existing", "for", "in", "if", "true", "false", "null", "string", "int", "bool", "object", "array",
        "description", "minLength", "maxLength", "minValue", "maxValue", "allowed", "resourceGroup", "subscriptionResourceId", "uniqueString", "guid", "toLower", "take", "replace",
        "concat", "items", "union", "tenant", "environment", "secure", "empty",
    ];

    private BicepFile(string path, string text)
    {
        (Path, Text) = (path, text);
        Code = OnlyCode(text);
    }

    public string Path { get; }

    public string Text { get; }

    /// <summary>Without comments and without texts, but with the expressions in texts.</summary>
    public string Code { get; }

    public static IReadOnlyList<BicepFile> All { get; } =
        [.. Directory.GetFiles(Repository.Path("infra"), "*.bicep", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Read)];

    public IEnumerable<string> Parameters => Declared("param");

    public IEnumerable<string> RequiredParameters => RequiredParameter().Matches(Text).Select(match => match.Groups[1].Value);

    public IEnumerable<string> Outputs => Declared("output");

    /// <summary>Everything that a name in this file can mean.</summary>
    public IEnumerable<string> Symbols =>
        [.. Parameters, .. Declared("var"), .. Declared("resource"), .. Declared("module"), .. LoopVariable().Matches(Code).Select(match => match.Groups[1].Value)];

    /// <summary>Names that are used and begin an expression: neither keys of an object nor members of something.</summary>
    public IEnumerable<string> Used => Name().Matches(Code).Select(match => match.Value).Except(Language).Distinct();

    /// <summary>Symbol, file and parameters given, of each module.</summary>
    public IEnumerable<(string Symbol, string File, IReadOnlyList<string> Given)> Modules => Module().Matches(Text).Select(match =>
        (match.Groups[1].Value, match.Groups[2].Value, (IReadOnlyList<string>)[.. Key().Matches(match.Groups[3].Value).Select(key => key.Groups[1].Value)]));

    public static BicepFile Read(string path) => new(path, File.ReadAllText(path));

    /// <summary>A file of the folder <c>infra</c>.</summary>
    public static BicepFile Named(string name) => All.Single(file => file.Path == Repository.Path("infra", name));

    /// <summary>The keys and values of an object that is a variable, values as written.</summary>
    public IReadOnlyDictionary<string, string> Object(string name) =>
        Setting().Matches(Regex.Match(Text, $@"^var {name} = \{{\n(.*?)^\}}", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value)
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value, StringComparer.Ordinal);

    /// <summary>The texts of an array that is a variable on one line.</summary>
    public IReadOnlyList<string> Array(string name) =>
        [.. Quoted().Matches(Regex.Match(Text, $@"^var {name} = \[(.*)\]$", RegexOptions.Multiline).Groups[1].Value).Select(match => match.Groups[1].Value)];

    private IEnumerable<string> Declared(string keyword) => Regex.Matches(Code, $@"^\s*{keyword} (\w+)\b", RegexOptions.Multiline).Select(match => match.Groups[1].Value);

    private static string OnlyCode(string text) =>
        Quoted().Replace(Comment().Replace(text, ""), match => "'" + string.Concat(Embedded().Matches(match.Groups[1].Value).Select(inner => $" ({OnlyCode(inner.Groups[1].Value)}) ")) + "'");

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    /// <summary>A text; expressions in it may hold texts themselves.</summary>
    [GeneratedRegex(@"'((?:\$\{(?:'[^'\n]*'|[^}'\n])*\}|\\.|[^'\\\n])*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\$\{((?:'[^'\n]*'|[^}'\n])*)\}")]
    private static partial Regex Embedded();

    [GeneratedRegex(@"(?<![.\w@'])[A-Za-z_]\w*\b(?!\s*:)(?<!^\s*(?:param|var|resource|module|output) \w+)(?=[\s()\[\]{},.?'=]|$)", RegexOptions.Multiline)]
    private static partial Regex Name();

    [GeneratedRegex(@"\[for (\w+) in ")]
    private static partial Regex LoopVariable();

    [GeneratedRegex(@"^param (\w+) \w+$", RegexOptions.Multiline)]
    private static partial Regex RequiredParameter();

    [GeneratedRegex(@"^module (\w+) '([^']+)' = \{\n(?:.*\n)*?  params: \{\n((?:    .*\n)*)  \}", RegexOptions.Multiline)]
    private static partial Regex Module();

    [GeneratedRegex(@"^\s*(\w+):", RegexOptions.Multiline)]
    private static partial Regex Key();

    [GeneratedRegex(@"^\s*(\w+): (.+)$", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
