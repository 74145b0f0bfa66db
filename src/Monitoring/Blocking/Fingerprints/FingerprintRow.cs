using Monitoring.Storage;

namespace Monitoring.Blocking.Fingerprints;

/// <summary>A fingerprint as a row, one field in a column.</summary>
internal static class FingerprintRow
{
    public static Entity Write(EntityKey key, Fingerprint fingerprint) => new Entity(key)
        .Set("Name", fingerprint.Name)
        .Set("Scope", FingerprintRules.Word(fingerprint.Scope))
        .Set("Location", fingerprint.Location)
        .Set("Type", FingerprintRules.Word(fingerprint.Type))
        .Set("Pattern", fingerprint.Pattern)
        .Set("Confidence", fingerprint.Confidence)
        .Set("Countries", string.Join(',', fingerprint.Countries))
        .Set("Origin", fingerprint.Origin)
        .Set("ExampleUrl", fingerprint.ExampleUrl)
        .Set("Notes", fingerprint.Notes)
        .Set("OtherNames", fingerprint.OtherNames);

    public static Fingerprint Read(Entity row) => new()
    {
        Name = row.NeedText("Name"),
        Scope = Enum.Parse<FingerprintScope>(row.NeedText("Scope"), ignoreCase: true),
        Location = row.NeedText("Location"),
        Type = Enum.Parse<PatternType>(row.NeedText("Type"), ignoreCase: true),
        Pattern = row.NeedText("Pattern"),
        Confidence = (int?)row.GetNumber("Confidence"),
        Countries = row.NeedText("Countries").Split(',', StringSplitOptions.RemoveEmptyEntries),
        Origin = row.GetText("Origin"),
        ExampleUrl = row.GetText("ExampleUrl"),
        Notes = row.GetText("Notes"),
        OtherNames = row.GetText("OtherNames"),
    };

    /// <summary>A name of the content: the same for the same fingerprints in the same order.</summary>
    public static string HashOf(IEnumerable<Fingerprint> fingerprints) =>
        Keys.Hash([.. fingerprints.SelectMany(fingerprint => Write(default, fingerprint).Columns.OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => $"{column.Key}={column.Value}"))]);
}
