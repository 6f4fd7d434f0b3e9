"""Addresses of benchmarks."""

from django.urls import path

from peil.web.pages.targets.benchmark_edit import new, remove, restore
from peil.web.pages.targets.benchmarks import benchmarks

urlpatterns = [
    path("", benchmarks, name="benchmarks"),
    path("new/", new, name="benchmark_new"),
    path("<int:id>/remove/", remove, name="benchmark_remove"),
    path("<int:id>/restore/", restore, name="benchmark_restore"),
]
