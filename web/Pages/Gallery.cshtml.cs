using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages;

/// <summary>Every component with long texts, errors and nothing in it, for who builds pages in Development.</summary>
[AllowAnonymous]
public sealed class GalleryModel(IWebHostEnvironment environment, FormState form, PageLanguage language) : PageModel
{
    private static readonly (string Field, string Kk, string Ru)[] complaints =
    [
        ("position", "Лауазымыңызды жазыңыз", "Напишите вашу должность"),
        ("until", "Санаттың мерзімі аяқталатын күнді жазыңыз", "Укажите день, когда заканчивается категория"),
        ("claimed", "Қандай санатқа өтініш беретініңізді таңдаңыз", "Выберите, на какую категорию подаёте заявку"),
        ("subject", "Пәнді таңдаңыз", "Выберите предмет"),
        ("about", "Мәтін 2000 таңбадан аспасын", "Сократите текст до 2000 символов"),
        ("file", "Кемінде бір файл тіркеңіз", "Прикрепите хотя бы один файл"),
        ("password", "Құпиясөз кемінде 10 таңбадан тұрсын", "Пароль должен быть не короче 10 символов"),
        ("rules", "Қағидалармен танысқаныңызды растаңыз", "Подтвердите, что ознакомились с правилами"),
    ];

    public IActionResult OnGet(string? lang, bool errors, bool wide)
    {
        if (!environment.IsDevelopment())
            return NotFound();
        if (lang is "kk" or "ru" or "en")
            language.Choose(lang);
        ViewData["Wide"] = wide;
        if (errors)
            Complain();
        return Page();
    }

    public IActionResult OnPost(string? lang)
    {
        if (!environment.IsDevelopment())
            return NotFound();
        if (lang is "kk" or "ru" or "en")
        {
            language.Choose(lang);
            return Page();
        }
        Complain();
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private void Complain()
    {
        foreach (var (field, kk, ru) in complaints)
            form.Add(field, language.Code == "kk" ? kk : ru);
    }
}
