using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Monitoring.Storage.AzureStorage;

/// <summary>
/// A message as the queue service gives it. Its text is base64 of UTF-8, as the Functions host expects it. The service counts every delivery; those that
/// were deferred are taken off by a first member <c>workDeferred</c> of the JSON, which readers of work items pass over.
/// </summary>
/// <param name="Deliveries">All of them, this one included; 0 if only looked at.</param>
/// <param name="Deferrals">How many of them do not count.</param>
/// <param name="Receipt">Empty if only looked at.</param>
internal sealed partial record QueueMessage(string Id, string Receipt, string Body, int Deliveries, int Deferrals, DateTimeOffset InsertedAt, DateTimeOffset NextVisibleAt)
{
    /// <summary>What counts as an attempt.</summary>
    public int Attempts => Deliveries - Deferrals;

    /// <exception cref="FormatException">The element is no message.</exception>
    public static QueueMessage Read(XElement message)
    {
        var (body, deferrals) = Decode(Need(message, "MessageText"));
        return new QueueMessage(
            Need(message, "MessageId"),
            message.Element("PopReceipt")?.Value ?? "",
            body,
            int.TryParse(Need(message, "DequeueCount"), NumberStyles.None, CultureInfo.InvariantCulture, out var deliveries) ? deliveries : throw new FormatException(),
            deferrals,
            Time(Need(message, "InsertionTime")),
            message.Element("TimeNextVisible") is { } next ? Time(next.Value) : default);
    }

    public static string Encode(string body, int deferrals)
    {
        var canCarry = deferrals > 0 && body.StartsWith('{');
        var rest = canCarry ? body[1..] : "";
        var text = canCarry ? string.Create(CultureInfo.InvariantCulture, $"{{\"workDeferred\":{deferrals}{(rest is "}" ? "" : ",")}{rest}") : body;
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>What is not base64 was not written by us; it is given as it is, and whoever reads it calls it malformed.</summary>
    private static (string Body, int Deferrals) Decode(string text)
    {
        var bytes = new byte[text.Length];
        var body = Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : text;
        return Mark().Match(body) is { Success: true } mark && int.TryParse(mark.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var deferrals)
            ? ("{" + body[mark.Length..], deferrals)
            : (body, 0);
    }

    private static string Need(XElement parent, string name) => parent.Element(name)?.Value ?? throw new FormatException();

    [GeneratedRegex("^\\{\"workDeferred\":([0-9]{1,9}),?")]
    private static partial Regex Mark();
}
