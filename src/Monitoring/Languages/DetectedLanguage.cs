namespace Monitoring.Languages;

/// <summary>The language of a text, as <see cref="LanguageDetector"/> takes it to be.</summary>
/// <param name="Language">ISO 639-1: en, kk, ky, ru, tg, tk, uk or uz.</param>
/// <param name="Script">ISO 15924: Arab, Cyrl or Latn.</param>
/// <param name="Certainty">0 to 1: how far the text speaks against all other languages that are known here.</param>
public readonly record struct DetectedLanguage(string Language, string Script, double Certainty);
