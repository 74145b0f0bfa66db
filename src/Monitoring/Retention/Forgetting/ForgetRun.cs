using Monitoring.Watchlist;

namespace Monitoring.Retention.Forgetting;

/// <summary>What a person's forgetting may touch beyond the rows that are about that person.</summary>
/// <param name="Texts">Also blot the name out of items that concern others too.</param>
/// <param name="Captures">Also remove captured bodies that hold the name.</param>
public sealed record ForgetScope(bool Texts, bool Captures);

/// <summary>One walk over the store on behalf of one person. Without <paramref name="Apply"/> it only counts.</summary>
/// <param name="Entries">The whole watch list.</param>
public sealed record ForgetRun(Entry Entry, Erasure Erasure, IReadOnlyList<EntryStamp> Entries, ForgetScope Scope, bool Apply)
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<string> _mails = [];

    /// <summary>How many of what, in words.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Ids of mails that named the person or went to them; a pickup folder holds files of these names.</summary>
    public IReadOnlyList<string> Mails => _mails;

    public bool IsRecipient => Entry is Recipient;

    public void Count(string what, int count = 1) => _counts[what] = _counts.GetValueOrDefault(what) + count;

    public void NoteMail(string mailId) => _mails.Add(mailId);
}

/// <summary>Takes a person out of one part of the store. Taking the step again finishes what a crash left; at the end of a whole walk nothing is left to change.</summary>
public interface IForgetStep
{
    Task TakeAsync(ForgetRun run, CancellationToken cancellationToken);
}
