using Monitoring.Storage;

namespace Monitoring.Alerts;

/// <summary>The lists a recipient may leave, each with a List-Id of its own.</summary>
public enum MailList
{
    /// <summary>Mails at once, and their corrections.</summary>
    Alerts,

    /// <summary>Hourly, daily and weekly ones.</summary>
    Digests,
}

/// <summary>What became of a recipient's address and wishes outside the watch list.</summary>
/// <param name="Token">Opaque; in the addresses by which mails are unsubscribed.</param>
/// <param name="AlertsStopped">Since when the recipient wants no mails at once; null: wants them.</param>
/// <param name="DigestsStopped">The same of digests.</param>
/// <param name="Suspended">Since when nothing is sent, because the address refused mail or complained of it; null: it is sent to.</param>
/// <param name="Why">Of the suspension.</param>
public sealed record RecipientState(string RecipientId, string Token, DateTimeOffset? AlertsStopped, DateTimeOffset? DigestsStopped, DateTimeOffset? Suspended, string? Why)
{
    /// <summary>When operators were last told that a mail to the recipient was given up.</summary>
    public DateTimeOffset? FailureTold { get; init; }

    public bool Wants(MailList list) => (list is MailList.Alerts ? AlertsStopped : DigestsStopped) is null;
}

/// <summary>
/// Table <c>RecipientStates</c>: partition <c>recipient</c>, row = recipient; queries served: one recipient, all of them. Partition <c>token</c>, row = token; query served:
/// whose it is. Table <c>Mutes</c>: partition = recipient, row = what is muted; queries served: whether it is, all of a recipient.
/// </summary>
/// <param name="newToken">Makes one that nobody can guess: ASCII letters and digits.</param>
public sealed class RecipientStates(ITables tables, Func<string> newToken)
{
    private const string Recipients = "recipient";
    private const string Tokens = "token";
    private const string FailureTold = "FailureTold";

    private readonly IEntityTable _states = tables.Open("RecipientStates");
    private readonly IEntityTable _mutes = tables.Open("Mutes");

    /// <summary>The first question makes the recipient's token: first the way from it to the recipient, so that no mail carries one that leads nowhere.</summary>
    public async Task<RecipientState> GetAsync(string recipientId, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await _states.GetAsync(new EntityKey(Recipients, recipientId), columns: null, cancellationToken) is { } row)
            {
                return Read(row);
            }

            var token = newToken();
            await _states.PutAsync(new Entity(Tokens, token).Set("Recipient", recipientId), cancellationToken);
            await _states.AddAsync(new Entity(Recipients, recipientId).Set("Token", token), cancellationToken);
        }
    }

    /// <summary>Those who stopped something or whose address is suspended.</summary>
    public async Task<IReadOnlyList<RecipientState>> ListTroubledAsync(CancellationToken cancellationToken)
    {
        var states = new List<RecipientState>();
        await foreach (var row in _states.QueryAsync(new RangeQuery(Recipients), cancellationToken))
        {
            if (Read(row) is { } state && (state.Suspended ?? state.AlertsStopped ?? state.DigestsStopped) is not null)
            {
                states.Add(state);
            }
        }

        return states;
    }

    /// <summary>The recipient of a token; null if it is nobody's.</summary>
    public async Task<string?> FindAsync(string token, CancellationToken cancellationToken) =>
        token.Length is 0 or > 64 || token.AsSpan().ContainsAnyExcept(Keys.Allowed)
            ? null
            : (await _states.GetAsync(new EntityKey(Tokens, token), columns: null, cancellationToken))?.GetText("Recipient");

    public Task StopAsync(string recipientId, MailList list, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeAsync(recipientId, row => row.Set(Column(list), row.GetTime(Column(list)) ?? now), cancellationToken);

    public Task ResumeAsync(string recipientId, MailList list, CancellationToken cancellationToken) =>
        ChangeAsync(recipientId, row => row.Set(Column(list), (DateTimeOffset?)null), cancellationToken);

    /// <returns>False if it was suspended before.</returns>
    public async Task<bool> SuspendAsync(string recipientId, string why, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if ((await GetAsync(recipientId, cancellationToken)).Suspended is not null)
        {
            return false;
        }

        await ChangeAsync(recipientId, row => row.Set("Suspended", now).Set("Why", why), cancellationToken);
        return true;
    }

    /// <summary>An operator has seen to the address: mail is sent to it again.</summary>
    public Task UnsuspendAsync(string recipientId, CancellationToken cancellationToken) =>
        ChangeAsync(recipientId, row => row.Set("Suspended", (DateTimeOffset?)null).Set("Why", (string?)null), cancellationToken);

    /// <summary>After operators were told that a mail was given up.</summary>
    public Task FailureToldAsync(string recipientId, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeAsync(recipientId, row => row.Set(FailureTold, now), cancellationToken);

    public async Task<bool> IsMutedAsync(string recipientId, string mute, CancellationToken cancellationToken) =>
        await _mutes.GetAsync(new EntityKey(recipientId, Keys.Safe(mute)), columns: [], cancellationToken) is not null;

    public Task MuteAsync(string recipientId, string mute, DateTimeOffset now, CancellationToken cancellationToken) =>
        _mutes.PutAsync(new Entity(recipientId, Keys.Safe(mute)).Set("At", now), cancellationToken);

    public Task UnmuteAsync(string recipientId, string mute, CancellationToken cancellationToken) =>
        _mutes.DeleteAsync(new EntityKey(recipientId, Keys.Safe(mute)), etag: null, cancellationToken);

    /// <summary>What a recipient has muted, and since when.</summary>
    public async Task<IReadOnlyList<(string Mute, DateTimeOffset At)>> ListMutesAsync(string recipientId, CancellationToken cancellationToken)
    {
        var mutes = new List<(string, DateTimeOffset)>();
        await foreach (var row in _mutes.QueryAsync(new RangeQuery(recipientId), cancellationToken))
        {
            mutes.Add((row.Key.Row, row.NeedTime("At")));
        }

        return mutes;
    }

    private static string Column(MailList list) => list is MailList.Alerts ? "AlertsStopped" : "DigestsStopped";

    private async Task ChangeAsync(string recipientId, Func<Entity, Entity> change, CancellationToken cancellationToken)
    {
        await GetAsync(recipientId, cancellationToken);
        while (await _states.GetAsync(new EntityKey(Recipients, recipientId), columns: null, cancellationToken) is { } row
            && await _states.ReplaceAsync(change(row), cancellationToken) is not SaveResult.Saved)
        {
            // Somebody was faster: once more on what is there now.
        }
    }

    private static RecipientState Read(Entity row) => new(
        row.Key.Row, row.NeedText("Token"), row.GetTime("AlertsStopped"), row.GetTime("DigestsStopped"), row.GetTime("Suspended"), row.GetText("Why"))
    {
        FailureTold = row.GetTime(FailureTold),
    };
}
