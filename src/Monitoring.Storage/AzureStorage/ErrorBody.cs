using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Azure;

namespace Monitoring.Storage.AzureStorage;

/// <summary>What a refusal says in its body: JSON of the table service, XML of the others and of everything about access. Whatever cannot be read says nothing.</summary>
internal static class ErrorBody
{
    public static string Code(Response response) => Read(response).Code;

    /// <summary>Of content that is only streamed nothing is read.</summary>
    public static (string Code, string Message) Read(Response response) =>
        response.ContentStream is MemoryStream ? Read(response.Content.ToMemory().Span) : ("", "");

    public static (string Code, string Message) Read(ReadOnlySpan<byte> body) => body.TrimStart(" \r\n\t\uFEFF"u8) switch
    {
        [(byte)'{', ..] json => ReadJson(json),
        [(byte)'<', ..] xml => ReadXml(xml),
        _ => ("", ""),
    };

    private static (string Code, string Message) ReadJson(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            var error = document.RootElement.GetProperty("odata.error");
            var message = error.TryGetProperty("message", out var text) && text.TryGetProperty("value", out var value) ? value.GetString() : null;
            return (error.GetProperty("code").GetString() ?? "", message ?? "");
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return ("", "");
        }
    }

    private static (string Code, string Message) ReadXml(ReadOnlySpan<byte> body)
    {
        try
        {
            var error = SafeXml.Read(body.ToArray());
            return (Child(error, "Code") ?? Child(error, "code") ?? "", Child(error, "Message") ?? Child(error, "message") ?? "");
        }
        catch (XmlException)
        {
            return ("", "");
        }
    }

    /// <summary>The services write errors with and without a namespace.</summary>
    private static string? Child(XElement error, string name) => error.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value;
}
