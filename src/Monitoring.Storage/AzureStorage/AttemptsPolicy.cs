using Azure.Core;
using Azure.Core.Pipeline;

namespace Monitoring.Storage.AzureStorage;

/// <summary>
/// Remembers of each message whether an attempt ended with an unknown outcome: the connection broke, nothing came in time, or the service said 408 or 5xx,
/// after which the write may have taken effect or not. An answer of a later attempt (409, 412, 404) may then be about our own write.
/// </summary>
internal sealed class AttemptsPolicy : HttpPipelinePolicy
{
    private const string Unsure = "monitoring.unsure";

    public static bool WasUnsure(HttpMessage message) => message.TryGetProperty(Unsure, out _);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var isKnown = false;
        try
        {
            await ProcessNextAsync(message, pipeline);
            isKnown = !AnswerClassifier.IsOfUnknownOutcome(message.Response);
        }
        finally
        {
            if (!isKnown)
            {
                message.SetProperty(Unsure, true);
            }
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Storage is only used asynchronously.");
}
