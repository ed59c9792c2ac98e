using System.Security.Cryptography;

namespace JobMatch.Adapters.Secrets;

/// <summary>Files that only their owner may read.</summary>
internal static class OwnFile
{
    /// <summary>Written beside and moved, so that nobody reads half a file. Without <paramref name="replace"/>, where two processes create it at once the first one's stays.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, bool replace)
    {
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var beside = $"{path}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(beside, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(beside, path, replace);
        }
        catch (IOException) when (!replace && File.Exists(path))
        {
            File.Delete(beside);
        }
    }

    /// <exception cref="InvalidOperationException">The file is open to other users of the machine.</exception>
    public static byte[] Read(string path)
    {
        const UnixFileMode others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != 0)
            throw new InvalidOperationException($"{path} holds secrets and is open to other users of this machine; chmod 600 it.");
        return File.ReadAllBytes(path);
    }
}
