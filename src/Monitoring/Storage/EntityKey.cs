namespace Monitoring.Storage;

/// <summary>The address of a row: rows of one partition are stored together, in the ordinal order of their row keys.</summary>
public readonly record struct EntityKey(string Partition, string Row)
{
    public override string ToString() => $"{Partition}/{Row}";
}
