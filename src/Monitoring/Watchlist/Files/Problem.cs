using System.Globalization;

namespace Monitoring.Watchlist.Files;

/// <param name="File">As the caller named it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Path">Where in the document: <c>feeds[3].url</c>.</param>
/// <param name="Message">What was found and what was expected.</param>
public sealed record Problem(string File, int Line, string Path, string Message)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}: {Path}: {Message}");
}
