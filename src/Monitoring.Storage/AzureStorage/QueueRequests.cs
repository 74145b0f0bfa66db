using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Azure.Core;

namespace Monitoring.Storage.AzureStorage;

/// <summary>The requests about the queues, one for each kind of work, and the reading of their answers. Queues have a prefix of ours: the account may have others.</summary>
internal sealed class QueueRequests(ServiceClient service)
{
    private const string Prefix = "work-";

    /// <summary>The most the service gives at once.</summary>
    private const int MostMessages = 32;

    /// <summary>The longest that a message can be hidden.</summary>
    private static readonly TimeSpan LongestHidden = TimeSpan.FromDays(7);

    /// <summary>Makes the queue if it is missing. A message without an end of life: it is removed when it is done, or given up with a reason.</summary>
    public async Task PutAsync(string kind, string text, TimeSpan visibleAfter, CancellationToken cancellationToken)
    {
        if (!await TryPutAsync(kind, text, visibleAfter, mayBeMissing: true, cancellationToken))
        {
            await CreateAsync(kind, cancellationToken);
            await TryPutAsync(kind, text, visibleAfter, mayBeMissing: false, cancellationToken);
        }
    }

    public async Task CreateAsync(string kind, CancellationToken cancellationToken)
    {
        using var message = service.Create(RequestMethod.Put, $"/{Prefix}{kind}");
        var status = await service.SendAsync(message, "Queue.Create", kind, cancellationToken);
        if (status is not (201 or 204 or 409))
        {
            throw service.Unexpected(message.Response, "Queue.Create");
        }
    }

    public Task<IReadOnlyList<QueueMessage>> GetAsync(string kind, int most, TimeSpan lease, CancellationToken cancellationToken) =>
        ReadAsync(kind, $"numofmessages={Math.Min(most, MostMessages)}&visibilitytimeout={Seconds(lease, least: 1)}", "Queue.Get", cancellationToken);

    public Task<IReadOnlyList<QueueMessage>> PeekAsync(string kind, CancellationToken cancellationToken) =>
        ReadAsync(kind, $"peekonly=true&numofmessages={MostMessages}", "Queue.Peek", cancellationToken);

    /// <summary>Hides a message for a time from now, and replaces its text if one is given. Null if the receipt is no longer valid.</summary>
    public async Task<(string Receipt, DateTimeOffset NextVisibleAt)?> UpdateAsync(
        string kind, string id, string receipt, TimeSpan hiddenFor, string? text, CancellationToken cancellationToken)
    {
        var query = $"popreceipt={Uri.EscapeDataString(receipt)}&visibilitytimeout={Seconds(hiddenFor, least: 0)}";
        using var message = service.Create(RequestMethod.Put, $"{Messages(kind)}/{Uri.EscapeDataString(id)}?{query}");
        if (text is not null)
        {
            message.Request.Content = Content(message, text);
        }

        return await service.SendAsync(message, "Queue.Update", kind, cancellationToken) switch
        {
            204 => Renewed(message.Response.Headers) ?? throw service.Unreadable("Queue.Update"),
            404 => null,
            400 when IsLost(message) => null,
            _ => throw service.Unexpected(message.Response, "Queue.Update"),
        };
    }

    /// <summary>False if the receipt is no longer valid. After a lost answer, a message that is gone was removed by us.</summary>
    public async Task<bool> DeleteAsync(string kind, string id, string receipt, CancellationToken cancellationToken)
    {
        using var message = service.Create(RequestMethod.Delete, $"{Messages(kind)}/{Uri.EscapeDataString(id)}?popreceipt={Uri.EscapeDataString(receipt)}");
        return await service.SendAsync(message, "Queue.Delete", kind, cancellationToken) switch
        {
            204 => true,
            404 => AttemptsPolicy.WasUnsure(message),
            400 when IsLost(message) => false,
            _ => throw service.Unexpected(message.Response, "Queue.Delete"),
        };
    }

    /// <summary>The kinds that have a queue, in ordinal order.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var kinds = new List<string>();
        var marker = "";
        do
        {
            using var message = service.Create(RequestMethod.Get, $"/?comp=list&prefix={Prefix}{(marker.Length > 0 ? $"&marker={Uri.EscapeDataString(marker)}" : "")}");
            if (await service.SendAsync(message, "Queue.List", "queues", cancellationToken) is not 200)
            {
                throw service.Unexpected(message.Response, "Queue.List");
            }

            (var page, marker) = Read(message, "EnumerationResults", "Queue.List", root => (root.Elements("Queues").Elements("Queue").Select(Kind).ToList(), root.Element("NextMarker")?.Value ?? ""));
            kinds.AddRange(page);
        }
        while (marker.Length > 0);
        return kinds;
    }

    /// <summary>Hidden ones included; 0 if there is no such queue.</summary>
    public async Task<long> CountAsync(string kind, CancellationToken cancellationToken)
    {
        using var message = service.Create(RequestMethod.Get, $"/{Prefix}{kind}?comp=metadata");
        return await service.SendAsync(message, "Queue.Count", kind, cancellationToken) switch
        {
            200 when message.Response.Headers.TryGetValue("x-ms-approximate-messages-count", out var text) =>
                long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : throw service.Unreadable("Queue.Count"),
            404 => 0,
            _ => throw service.Unexpected(message.Response, "Queue.Count"),
        };
    }

    /// <summary>False if there is no such queue.</summary>
    private async Task<bool> TryPutAsync(string kind, string text, TimeSpan visibleAfter, bool mayBeMissing, CancellationToken cancellationToken)
    {
        using var message = service.Create(RequestMethod.Post, $"{Messages(kind)}?visibilitytimeout={Seconds(visibleAfter, least: 0)}&messagettl=-1");
        message.Request.Content = Content(message, text);
        return await service.SendAsync(message, "Queue.Put", kind, cancellationToken) switch
        {
            201 => true,
            404 when mayBeMissing => false,
            _ => throw service.Unexpected(message.Response, "Queue.Put"),
        };
    }

    private async Task<IReadOnlyList<QueueMessage>> ReadAsync(string kind, string query, string operation, CancellationToken cancellationToken)
    {
        using var message = service.Create(RequestMethod.Get, $"{Messages(kind)}?{query}");
        return await service.SendAsync(message, operation, kind, cancellationToken) switch
        {
            200 => Read(message, "QueueMessagesList", operation, root => root.Elements("QueueMessage").Select(QueueMessage.Read).ToList()),
            404 => [],
            _ => throw service.Unexpected(message.Response, operation),
        };
    }

    private T Read<T>(HttpMessage message, string name, string operation, Func<XElement, T> read)
    {
        try
        {
            var root = SafeXml.Read(message.Response.Content.ToMemory());
            return root.Name.LocalName == name ? read(root) : throw service.Unreadable(operation);
        }
        catch (Exception unreadable) when (unreadable is XmlException or FormatException)
        {
            throw service.Unreadable(operation, unreadable);
        }
    }

    /// <exception cref="FormatException">It is no queue of ours.</exception>
    private static string Kind(XElement queue) =>
        queue.Element("Name")?.Value is { } name && name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : throw new FormatException();

    private static (string Receipt, DateTimeOffset NextVisibleAt)? Renewed(ResponseHeaders headers) =>
        headers.TryGetValue("x-ms-popreceipt", out var receipt) && headers.TryGetValue("x-ms-time-next-visible", out var text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? (receipt, time)
            : null;

    private static RequestContent Content(HttpMessage message, string text)
    {
        message.Request.Headers.SetValue("Content-Type", "application/xml");

        // Base64 needs no escaping.
        return RequestContent.Create(Encoding.UTF8.GetBytes($"<QueueMessage><MessageText>{text}</MessageText></QueueMessage>"));
    }

    private static bool IsLost(HttpMessage message) => ServiceClient.Code(message.Response) is "PopReceiptMismatch" or "MessageNotFound";

    private static string Messages(string kind) => $"/{Prefix}{kind}/messages";

    /// <summary>Whole seconds, upwards: a message never comes early, but for the longest times.</summary>
    private static long Seconds(TimeSpan time, int least) => Math.Clamp((long)Math.Ceiling(time.TotalSeconds), least, (long)LongestHidden.TotalSeconds);
}
