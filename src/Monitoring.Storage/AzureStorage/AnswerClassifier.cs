using Azure;
using Azure.Core;

namespace Monitoring.Storage.AzureStorage;

/// <summary>Which answers are tried again. A batch says 202 also when the service broke down inside it.</summary>
internal sealed class AnswerClassifier : ResponseClassifier
{
    /// <summary>Only what counts as an error is tried again. Whether a batch is one shows when its content has come, which is later.</summary>
    public override bool IsErrorResponse(HttpMessage message) => base.IsErrorResponse(message) || IsBatch(message.Response);

    public override bool IsRetriableResponse(HttpMessage message) => base.IsRetriableResponse(message) || IsBrokenBatch(message.Response);

    /// <summary>The service could not do what it was asked for, whatever that was.</summary>
    public static bool IsBroken(int status) => status is 408 or 429 or >= 500;

    /// <summary>The request may have taken effect or not.</summary>
    public static bool IsOfUnknownOutcome(Response response) => response.Status is 408 or >= 500 || IsBrokenBatch(response);

    private static bool IsBrokenBatch(Response response) =>
        IsBatch(response) && TableBatch.IsBroken(response.Content.ToMemory().Span);

    private static bool IsBatch(Response response) =>
        response.Status is 202 && response.Headers.ContentType is { } type && type.StartsWith("multipart/mixed", StringComparison.OrdinalIgnoreCase);
}
