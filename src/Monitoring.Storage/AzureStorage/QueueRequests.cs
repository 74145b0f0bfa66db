using System.Globalization;
using System.Text;
using System.Xml;
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
        var status = await TryPutAsync(kind, text, visibleAfter, cancellationToken);
        if (status is 404)
        {
            await CreateAsync(kind, cancellationToken);
            status = await TryPutAsync(kind, text, visibleAfter, cancellationToken);
        }

        if (status is not 201)
        {
            throw service.Unexpected($"{status}", "Queue.Put");
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
            204 when message.Response.Headers.TryGetValue("x-ms-popreceipt", out var next) && message.Response.Headers.TryGetValue("x-ms-time-next-visible", out var time) =>
                (next, QueueMessage.Time(time)),
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

            var root = Read(message, "EnumerationResults", "Queue.List");
            kinds.AddRange(root.Element("Queues")?.Elements("Queue").Select(queue => queue.Element("Name")?.Value).OfType<string>().Select(name => name[Prefix.Length..]) ?? []);
            marker = root.Element("NextMarker")?.Value ?? "";
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
            200 when message.Response.Headers.TryGetValue("x-ms-approximate-messages-count", out var count) => long.Parse(count, CultureInfo.InvariantCulture),
            404 => 0,
            _ => throw service.Unexpected(message.Response, "Queue.Count"),
        };
    }

    private async Task<int> TryPutAsync(string kind, string text, TimeSpan visibleAfter, CancellationToken cancellationToken)
    {
        using var message = service.Create(RequestMethod.Post, $"{Messages(kind)}?visibilitytimeout={Seconds(visibleAfter, least: 0)}&messagettl=-1");
        message.Request.Content = Content(message, text);
        return await service.SendAsync(message, "Queue.Put", kind, cancellationToken);
    }

    private async Task<IReadOnlyList<QueueMessage>> ReadAsync(string kind, string query, string operation, CancellationToken cancellationToken)
    {
        using var message = service.Create(RequestMethod.Get, $"{Messages(kind)}?{query}");
        switch (await service.SendAsync(message, operation, kind, cancellationToken))
        {
            case 200:
                try
                {
                    return [.. Read(message, "QueueMessagesList", operation).Elements("QueueMessage").Select(QueueMessage.Read)];
                }
                catch (FormatException unreadable)
                {
                    throw service.Unreadable(operation, unreadable);
                }

            case 404:
                return [];
            default:
                throw service.Unexpected(message.Response, operation);
        }
    }

    private System.Xml.Linq.XElement Read(HttpMessage message, string root, string operation)
    {
        try
        {
            var element = SafeXml.Read(message.Response.Content.ToMemory());
            return element.Name.LocalName == root ? element : throw service.Unreadable(operation);
        }
        catch (XmlException unreadable)
        {
            throw service.Unreadable(operation, unreadable);
        }
    }

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
