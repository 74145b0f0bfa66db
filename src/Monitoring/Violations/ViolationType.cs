using System.Collections.Frozen;
using System.Globalization;
using Monitoring.Watchlist;

namespace Monitoring.Violations;

/// <summary>One kind of act against people, outlets or sites (<c>types.csv</c>). Codes never change their meaning.</summary>
/// <param name="Group"><c>physical</c>, <c>non_physical</c>, <c>judicial</c>, <c>media</c>, <c>system</c>; <c>update</c> for RELEASE, <c>context</c> for CONTEXT.</param>
/// <param name="IsUrgent">Somebody may need help at once.</param>
/// <param name="IsOfAll">It is done to everybody who is there: nobody needs to be named.</param>
/// <param name="Lead">How far it comes before other kinds that are as sure, in the score of <see cref="Violation"/>.</param>
public sealed record ViolationType(string Code, string Group, Severity Severity, bool IsUrgent, double Lead, bool IsOfAll, string Definition)
{
    public const string Release = "RELEASE";
    public const string Detention = "DETENTION";
    public const string Context = "CONTEXT";

    private static readonly FrozenDictionary<string, ViolationType> ByCode = Read().ToFrozenDictionary(type => type.Code, StringComparer.Ordinal);

    /// <summary>Names the text that people read.</summary>
    public string Label => "violation." + Code;

    /// <summary>In the order of the table.</summary>
    public static IReadOnlyList<ViolationType> All { get; } = [.. Read()];

    /// <summary>Something is done to somebody: neither an update of a matter nor mere context.</summary>
    public bool IsAct => Group is not ("update" or "context");

    public static ViolationType? Find(string code) => ByCode.GetValueOrDefault(code);

    internal static ViolationType Of(string code) => ByCode[code];

    private static IEnumerable<ViolationType> Read() => DataFile.Rows(typeof(ViolationType), "Tables.types.csv", '|').Select(row => new ViolationType(
        row[0],
        row[2],
        Enum.Parse<Severity>(row[3], ignoreCase: true),
        row[4] == "yes",
        int.Parse(row[5], CultureInfo.InvariantCulture) / 10.0,
        row[6] == "yes",
        row[7]));
}
