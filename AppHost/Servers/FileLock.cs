namespace PedAtt.AppHost.Servers;

/// <summary>A lock between processes: held while the stream is open, let go by the kernel however its process
/// ends.</summary>
public static class FileLock
{
    public static FileStream? Try(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static FileStream Wait(string file, TimeSpan patience)
    {
        for (var until = DateTime.UtcNow + patience; ; Thread.Sleep(100))
        {
            if (Try(file) is { } held)
                return held;
            if (DateTime.UtcNow > until)
                throw new IOException($"{file} is still held by another process.");
        }
    }

    /// <summary>Held together with others, against one who wants it alone.</summary>
    public static FileStream WaitShared(string file, TimeSpan patience)
    {
        File.Open(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
        for (var until = DateTime.UtcNow + patience; ; Thread.Sleep(50))
        {
            try
            {
                return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            }
            catch (IOException) when (DateTime.UtcNow < until) { }
        }
    }
}
