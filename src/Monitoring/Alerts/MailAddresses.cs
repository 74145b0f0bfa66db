namespace Monitoring.Alerts;

/// <summary>Addresses of our own pages as mails give them; null where our pages are not reached from outside.</summary>
public static class MailAddresses
{
    /// <summary>By which a list is left: a post ends it, a look shows what may be ended.</summary>
    public static Uri? Unsubscribe(AlertsOptions options, RecipientState state, MailList list) =>
        options.PublicUrl is { } root ? new Uri(root, $"unsubscribe/{list.ToString().ToLowerInvariant()}/{state.Token}") : null;

    /// <summary>Where what a mail tells can be muted, besides.</summary>
    public static Uri? Mute(AlertsOptions options, RecipientState state, string mute) =>
        Unsubscribe(options, state, MailList.Alerts) is { } page ? new Uri($"{page}?mute={Uri.EscapeDataString(mute)}") : null;

    /// <summary>Why a recipient got a mail.</summary>
    public static Uri? Why(AlertsOptions options, string recipientId, string mailId) =>
        options.PublicUrl is { } root ? new Uri(root, $"mails/{recipientId}.{mailId}#why") : null;
}
