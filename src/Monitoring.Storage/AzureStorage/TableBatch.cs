using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Monitoring.Storage.AzureStorage;

/// <summary>What the service says to a batch.</summary>
internal abstract record TableBatchAnswer
{
    private TableBatchAnswer()
    {
    }

    public sealed record Done(List<string?> ETags) : TableBatchAnswer;

    public sealed record Refused(int Status, int Index, string Code) : TableBatchAnswer;

    /// <summary>Neither: cut off, or something else altogether.</summary>
    public sealed record Unreadable : TableBatchAnswer;
}

/// <summary>
/// An entity group transaction as a multipart message ("Performing entity group transactions"): one changeset, each operation an HTTP request in a part of
/// its own. The answer is 202 also when it failed: then it has a single part, whose message begins with the index of the operation.
/// </summary>
internal static class TableBatch
{
    private static readonly string[] Methods = ["POST", "PUT", "PATCH", "PUT", "DELETE"];

    public static string ContentType(string writeId) => $"multipart/mixed; boundary=batch_{writeId}";

    /// <summary>The address of a row within the service.</summary>
    public static string Address(string table, EntityKey key) => $"/{table}(PartitionKey='{key.Partition}',RowKey='{key.Row}')";

    /// <param name="condition">The If-Match of an operation; null for none.</param>
    public static ReadOnlyMemory<byte> Write(string endpoint, string table, string writeId, IReadOnlyList<TableOperation> operations, Func<TableOperation, string?> condition)
    {
        var body = new ArrayBufferWriter<byte>(operations.Count * 1024);
        Text(body, $"--batch_{writeId}\r\nContent-Type: multipart/mixed; boundary=changeset_{writeId}\r\n\r\n");
        foreach (var operation in operations)
        {
            var path = operation.Kind == TableOperationKind.Add ? $"/{table}" : Address(table, operation.Entity.Key);
            Text(body, $"--changeset_{writeId}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
            Text(body, $"{Methods[(int)operation.Kind]} {endpoint}{path} HTTP/1.1\r\nAccept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0;\r\n");
            if (condition(operation) is { } etag)
            {
                Text(body, $"If-Match: {etag}\r\n");
            }

            if (operation.Kind == TableOperationKind.Add)
            {
                Text(body, "Prefer: return-no-content\r\n");
            }

            if (operation.Kind != TableOperationKind.Delete)
            {
                Text(body, "Content-Type: application/json\r\n\r\n");
                EntityJson.Write(body, operation.Entity, writeId);
            }

            Text(body, operation.Kind == TableOperationKind.Delete ? "\r\n\r\n" : "\r\n");
        }

        Text(body, $"--changeset_{writeId}--\r\n--batch_{writeId}--\r\n");
        return body.WrittenMemory;
    }

    public static TableBatchAnswer Read(ReadOnlySpan<byte> answer, int operations)
    {
        var etags = new List<string?>(operations);
        var left = answer;
        while (TryNextStatus(ref left, out var status))
        {
            var end = left.IndexOf("HTTP/1.1 "u8);
            var part = end < 0 ? left : left[..end];
            if (status is < 200 or > 299)
            {
                return Refusal(status, part);
            }

            etags.Add(ETag(part));
        }

        return etags.Count == operations ? new TableBatchAnswer.Done(etags) : new TableBatchAnswer.Unreadable();
    }

    public static bool IsTableMissing(ReadOnlySpan<byte> answer) => answer.IndexOf("TableNotFound"u8) >= 0 && Read(answer, operations: 0) is TableBatchAnswer.Refused { Code: "TableNotFound" };

    /// <summary>The service failed inside the batch, rather than refuse an operation.</summary>
    public static bool IsBroken(ReadOnlySpan<byte> answer) => TryNextStatus(ref answer, out var status) && AnswerClassifier.IsBroken(status);

    /// <summary>Moves behind the next status line.</summary>
    private static bool TryNextStatus(ref ReadOnlySpan<byte> left, out int status)
    {
        status = 0;
        var at = left.IndexOf("HTTP/1.1 "u8);
        if (at < 0 || !Utf8Parser.TryParse(left[(at + 9)..], out status, out _))
        {
            return false;
        }

        left = left[(at + 9)..];
        return true;
    }

    private static TableBatchAnswer Refusal(int status, ReadOnlySpan<byte> part)
    {
        var bodyAt = part.IndexOf("\r\n\r\n"u8);
        var body = bodyAt < 0 ? [] : part[(bodyAt + 4)..];

        // Behind the JSON or XML comes the next boundary.
        var boundary = body.LastIndexOf("\n--changeset"u8) is >= 0 and var changeset ? changeset : body.IndexOf("\n--"u8);
        var (code, message) = ErrorBody.Read(boundary < 0 ? body : body[..boundary]);
        var colon = message.IndexOf(':', StringComparison.Ordinal);
        return code.Length > 0
            ? new TableBatchAnswer.Refused(status, colon > 0 && int.TryParse(message.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : 0, code)
            : new TableBatchAnswer.Unreadable();
    }

    private static string? ETag(ReadOnlySpan<byte> part)
    {
        foreach (var range in part.SplitAny((byte)'\n'))
        {
            var line = part[range].TrimEnd((byte)'\r');
            if (line.Length > 5 && Ascii.EqualsIgnoreCase(line[..5], "ETag:"u8))
            {
                return Encoding.ASCII.GetString(line[5..].Trim((byte)' '));
            }
        }

        return null;
    }

    private static void Text(ArrayBufferWriter<byte> body, string text) => Encoding.ASCII.GetBytes(text, body);
}
