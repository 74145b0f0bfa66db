using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace Monitoring.App.Hosting.Functions;

/// <summary>The body of an invocation, read within limits.</summary>
/// <param name="Refusal">Set if it is no JSON, or too long: then there is no root.</param>
internal sealed record InvocationBody(JsonElement Root, FunctionAnswer? Refusal)
{
    /// <summary>A message of 64 KiB whose every character is escaped twice stays well below.</summary>
    private const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>Messages nest as deep as they like, and the host copies their members.</summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    public static async Task<InvocationBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes;
        }

        try
        {
            using var json = await JsonDocument.ParseAsync(request.Body, Options, cancellationToken);
            return new InvocationBody(json.RootElement.Clone(), Refusal: null);
        }
        catch (JsonException)
        {
            return new InvocationBody(default, new FunctionAnswer(StatusCodes.Status400BadRequest, "a JSON object with Data and Metadata is expected"));
        }
        catch (BadHttpRequestException broken)
        {
            return new InvocationBody(default, new FunctionAnswer(broken.StatusCode, $"a body of at most {MaxBytes} bytes is expected"));
        }
    }
}
