using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace PedAtt.ServiceDefaults.Http;

/// <summary>
/// Says in the OpenAPI document what a call takes. The framework's own Accepts says it too, but would also refuse
/// another media type before it is decided who the caller is and what they may.
/// </summary>
public static class JsonBody
{
    public static RouteHandlerBuilder TakesJson<TRequest>(this RouteHandlerBuilder call) =>
        call.WithMetadata(new AcceptsMetadata(contentTypes: [], typeof(TRequest)));

    /// <summary>Each use case has a Request of its own: without a name of its own each would be shown as the
    /// first.</summary>
    internal static void NameSchemasByUseCase(this IServiceCollection services) =>
        services.ConfigureAll<OpenApiOptions>(document =>
            document.CreateSchemaReferenceId = json =>
                json.Type.DeclaringType is { } useCase
                    ? $"{useCase.Name}{json.Type.Name}"
                    : OpenApiOptions.CreateDefaultSchemaReferenceId(json)
        );
}
