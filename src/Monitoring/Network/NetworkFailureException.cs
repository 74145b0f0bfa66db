namespace Monitoring.Network;

/// <summary>Carries a failure string through code that can only throw (connect callbacks of the HTTP stack). Caught where the request was made.</summary>
public sealed class NetworkFailureException(string failure, Exception? inner = null) : IOException(failure, inner)
{
    public string Failure { get; } = failure;
}
