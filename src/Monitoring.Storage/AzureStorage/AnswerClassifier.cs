using Azure;
using Azure.Core;

namespace Monitoring.Storage.AzureStorage;

/// <summary>Which answers are tried again. A batch says 202 also when the service broke down inside it.</summary>
internal sealed class AnswerClassifier : ResponseClassifier
{
    public override bool IsRetriableResponse(HttpMessage message) => base.IsRetriableResponse(message) || IsBrokenBatch(message.Response);

    /// <summary>The request may have taken effect or not.</summary>
    public static bool IsOfUnknownOutcome(Response response) => response.Status is 408 or >= 500 || IsBrokenBatch(response);

    private static bool IsBrokenBatch(Response response) =>
        response.Status is 202 && response.Headers.ContentType is { } type && type.StartsWith("multipart/mixed", StringComparison.OrdinalIgnoreCase)
        && TableBatch.IsBroken(response.Content.ToMemory().Span);
}
