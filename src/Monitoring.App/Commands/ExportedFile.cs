using System.Text;
using Monitoring.App.Hosting;

namespace Monitoring.App.Commands;

/// <summary>Writes an exported list whole or not at all: a full disk must not leave half a watch list under the name of a good one.</summary>
internal static class ExportedFile
{
    public static int Write(string file, Func<TextWriter, int> write)
    {
        var part = file + ".part";
        try
        {
            int count;
            using (var text = new StreamWriter(part, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" })
            {
                count = write(text);
            }

            File.Move(part, file, overwrite: true);
            return count;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartException(ExitCode.NotWritable, $"{file}: cannot be written ({failure.GetType().Name}).");
        }
    }
}
