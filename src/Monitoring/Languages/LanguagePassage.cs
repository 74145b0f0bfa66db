namespace Monitoring.Languages;

/// <summary>A part of a text that is in one language.</summary>
/// <param name="Start">In the text.</param>
/// <param name="Length">In the text; blanks at both ends are left out.</param>
/// <param name="Language">ISO 639-1; null if it is none of those <see cref="LanguageDetector"/> knows.</param>
public readonly record struct LanguagePassage(int Start, int Length, string? Language);
