"""The addresses of erasing a customer; who it is about stands in none of them."""

from django.urls import path

from peil.web.pages.erasing.page import erased, erasing

urlpatterns = [
    path("", erasing, name="erasing"),
    path("<slug:number>/", erased, name="erased"),
]
