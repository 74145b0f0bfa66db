namespace Monitoring.Blocking.Fingerprints;

/// <summary>What is stored under one name: an imported list, or our own fingerprints.</summary>
/// <param name="ChangedAt">Of the import, or when the last own one was added.</param>
/// <param name="ChangedBy">By whom.</param>
public sealed record FingerprintSource(string Name, DateTimeOffset ChangedAt, string ChangedBy, IReadOnlyList<Fingerprint> Fingerprints);

/// <param name="Source">What an earlier import must have been called to be replaced.</param>
/// <param name="Who">For people who ask who did it.</param>
public sealed record FingerprintImport(string Source, IReadOnlyList<Fingerprint> Fingerprints, string Who, DateTimeOffset When);

/// <summary>What became of an import.</summary>
public enum FingerprintImportResult
{
    Imported,

    /// <summary>The same fingerprints stand there already.</summary>
    Unchanged,

    /// <summary>Somebody else imported under this name at the same time; the import may be run again.</summary>
    ChangedMeanwhile,
}

/// <summary>A fingerprint that we saw ourselves, as a page or a command tells it; in its fields the same rules hold as in files.</summary>
/// <param name="Location">See <see cref="FingerprintLocation"/>.</param>
/// <param name="Country">Where it was seen, ISO 3166-1.</param>
public sealed record OwnFingerprint(string Name, string Location, PatternType Type, string Pattern, string Country, string Who, DateTimeOffset When);

/// <summary>What became of an own fingerprint.</summary>
public abstract record OwnFingerprintResult
{
    private OwnFingerprintResult()
    {
    }

    public sealed record Added : OwnFingerprintResult;

    /// <summary>An own one is called so; it was left as it is.</summary>
    public sealed record NameTaken : OwnFingerprintResult;

    /// <param name="Problems">Each with the field's name in OONI's files.</param>
    public sealed record Wrong(IReadOnlyList<(string Field, string Message)> Problems) : OwnFingerprintResult;
}
