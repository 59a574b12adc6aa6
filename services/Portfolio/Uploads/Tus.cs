using System.Globalization;
using System.Text;

namespace PedAtt.Portfolio.Uploads;

/// <summary>The headers of the tus protocol 1.0.0: core, creation, expiration, termination.</summary>
public static class Tus
{
    public const string Version = "1.0.0";

    public const string MediaType = "application/offset+octet-stream";

    /// <summary>A name of 255 characters in base64, and room for a few words beside it.</summary>
    private const int LongestMetadata = 4096;

    /// <summary>Every answer says which protocol it speaks, a refusal too.</summary>
    public static RouteHandlerBuilder WithTus(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter(
            async (context, next) =>
            {
                var response = context.HttpContext.Response;
                response.OnStarting(() =>
                {
                    response.Headers["Tus-Resumable"] = Version;
                    if (response.StatusCode == StatusCodes.Status412PreconditionFailed)
                        response.Headers["Tus-Version"] = Version;
                    return Task.CompletedTask;
                });
                return await next(context);
            }
        );

    /// <exception cref="Problem">412 upload.protocol</exception>
    public static void RequireVersion(HttpContext http)
    {
        if (http.Request.Headers["Tus-Resumable"] != Version)
            throw Problem.With(412, Codes.UploadProtocol);
    }

    public static void SayCapabilities(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers["Tus-Version"] = Version;
        headers["Tus-Extension"] = "creation,expiration,termination";
        headers["Tus-Max-Size"] = UploadForm.MaxFileBytes.ToString(CultureInfo.InvariantCulture);
    }

    public static void Say(HttpContext http, Upload upload)
    {
        var headers = http.Response.Headers;
        headers["Upload-Offset"] = upload.Received.ToString(CultureInfo.InvariantCulture);
        headers["Upload-Expires"] = upload.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>A header that is a number of bytes.</summary>
    public static long Bytes(HttpContext http, string header, Errors errors)
    {
        var text = http.Request.Headers[header].ToString();
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
            return bytes;
        errors.Add(header, text.Length == 0 ? FieldCodes.Required : FieldCodes.ValueWrongType);
        return 0;
    }

    /// <summary>Upload-Metadata: pairs with commas between them, each a key and a value in base64.</summary>
    public static (string? Metadata, string Name) Metadata(HttpContext http, Errors errors)
    {
        const string header = "Upload-Metadata";
        var metadata = http.Request.Headers[header].ToString();
        var name = metadata
            .Split(',', StringSplitOptions.TrimEntries)
            .Select(pair => pair.Split(' '))
            .FirstOrDefault(pair => pair[0] == "filename");
        var bytes = new byte[LongestMetadata];
        var length = 0;
        if (metadata.Length > LongestMetadata)
            errors.Add(header, FieldCodes.FieldTooLong);
        else if (
            !metadata.All(letter => letter is >= ' ' and <= '~')
            || (name is not null && (name.Length != 2 || !Convert.TryFromBase64String(name[1], bytes, out length)))
        )
            errors.Add(header, FieldCodes.ValueWrongType);
        else
            return (
                metadata.Length > 0 ? metadata : null,
                FileNames.Clean(name is null ? null : Encoding.UTF8.GetString(bytes, 0, length))
            );
        return (null, "");
    }
}
